package felix.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFolderTest {
  private static final String NAME = "cni default%2Fweb eth0";

  @TempDir Path root;

  /** To whom files are old as soon as they are written, and so are not read without need. */
  private StatusFolder folder() throws IOException {
    var folder = new StatusFolder(root, () -> Instant.now().plus(Duration.ofMinutes(1)));
    assertThat(folder.isWanted()).isTrue();
    return folder;
  }

  @Test
  void changeThatHidesBehindSizeAndTimeIsSeen() throws IOException {
    var folder = folder();
    folder.write(NAME, "{\"a\":1}");
    folder.look();
    Path file = root.resolve("endpoint-status").resolve(NAME);
    var time = Files.getLastModifiedTime(file);

    Files.writeString(file, "{\"a\":2}");
    Files.setLastModifiedTime(file, time);
    folder.look();

    assertThat(folder.texts()).isEqualTo(Map.of(NAME, "{\"a\":2}"));
  }

  @Test
  void fileThatIsTheSameIsNotReadAgain() throws IOException {
    var folder = folder();
    folder.write(NAME, "{}");
    folder.look();
    String read = folder.texts().get(NAME);

    folder.look();

    assertThat(folder.texts().get(NAME)).isSameAs(read);
  }

  @Test
  void fileThatMayStillChangeWithinItsTickIsReadAgain() throws IOException {
    var folder = new StatusFolder(root, Instant::now);
    assertThat(folder.isWanted()).isTrue();
    folder.write(NAME, "{}");
    folder.look();
    String read = folder.texts().get(NAME);

    folder.look();

    assertThat(folder.texts().get(NAME)).isEqualTo(read).isNotSameAs(read);
  }
}
