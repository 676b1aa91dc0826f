package felix.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLockTest {
  @TempDir Path folder;

  @Test
  void secondIsRefusedUntilTheFirstIsGone() throws IOException {
    var first = requireNonNull(HostLock.take(folder, "felix-1.lock"));
    assertThat(HostLock.take(folder, "felix-1.lock")).isNull();

    first.leave();
    assertThat(folder).isEmptyDirectory();
    assertThat(HostLock.take(folder, "felix-1.lock")).isNotNull();
  }

  @Test
  void anotherNamespaceIsAnotherHost() throws IOException {
    assertThat(HostLock.take(folder, "felix-1.lock")).isNotNull();
    assertThat(HostLock.take(folder, "felix-2.lock")).isNotNull();
  }

  @Test
  void folderIsMadeAndTheNameHoldsTheNamespacesNumber() throws IOException {
    Path missing = folder.resolve("run/calico");
    assertThat(HostLock.take(missing)).isNotNull();
    assertThat(HostLock.take(missing)).isNull();
    assertThat(missing).isDirectoryContaining("regex:.*/felix-[0-9]+\\.lock");
  }

  @Test
  void whereNobodyCanTellItSaysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> HostLock.take(file)).isInstanceOf(FileSystemException.class);
  }
}
