package felix.dataplane.mtu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MtuFileDriverTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("calico/mtu");
  }

  private MtuFileDriver driver() {
    return new MtuFileDriver(file());
  }

  @Test
  void nothingIsWrittenWhereThereIsNoFolderForIt() {
    var driver = driver();
    driver.want(1450);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(file().getParent()).doesNotExist();
  }

  @Test
  void folderIsMadeWhereTheFileIsRequired() throws IOException {
    var driver = new MtuFileDriver(file(), true);
    driver.want(1450);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(file()).hasContent("1450");
  }

  @Test
  void whereTheFileIsRequiredAFailureEndsTheProcess() throws IOException {
    Files.createFile(file().getParent());
    var driver = new MtuFileDriver(file(), true);
    driver.want(1450);
    assertThatThrownBy(driver::apply)
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("RequireMTUFile");
  }

  @Test
  void numberIsWrittenOnceAndAgainIfItChanges() throws IOException {
    Files.createDirectory(file().getParent());
    var driver = driver();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(file()).doesNotExist();

    driver.want(1450);
    driver.apply();
    driver.queueResync();
    driver.apply();
    assertThat(file()).hasContent("1450");
    assertThat(driver.writes()).isEqualTo(1);

    driver.want(1480);
    driver.apply();
    assertThat(file()).hasContent("1480");
    assertThat(file().getParent()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void restartWritesNothing() throws IOException {
    Files.createDirectory(file().getParent());
    Files.writeString(file(), "1450\n");
    var driver = driver();
    driver.want(1450);
    driver.apply();
    assertThat(driver.writes()).isZero();
  }

  @Test
  void whatSomebodyElseWroteIsRepairedOnResync() throws IOException {
    Files.createDirectory(file().getParent());
    var driver = driver();
    driver.want(1450);
    driver.apply();
    Files.writeString(file(), "9000");
    driver.queueResync();
    driver.apply();
    assertThat(file()).hasContent("1450");
  }

  @Test
  void failureIsNotTheEnd() throws IOException {
    Files.createDirectories(file().resolve("not a file"));
    var driver = driver();
    driver.want(1450);
    assertThat(driver.apply()).isInstanceOf(NotReady.class);

    Files.delete(file().resolve("not a file"));
    Files.delete(file());
    driver.queueResync();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(file()).hasContent("1450");
  }
}
