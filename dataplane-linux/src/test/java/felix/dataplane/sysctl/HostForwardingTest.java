package felix.dataplane.sysctl;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostForwardingTest {
  @TempDir Path root;

  private Path file(String path, String value) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, value);
  }

  @Test
  void itIsSwitchedOnAndAgainWhenSomebodySwitchesItOff() throws IOException {
    Path file = file("ipv4/ip_forward", "0\n");
    var driver = new HostForwarding(IpVersion.V4, root);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(file).hasContent("1");

    Files.writeString(file, "0\n");
    driver.apply();
    assertThat(file).as("before it looks again").hasContent("0");
    driver.queueResync();
    driver.apply();
    assertThat(file).hasContent("1");
    assertThat(driver.writes()).isEqualTo(2);
  }

  @Test
  void whatIsOnIsNotWritten() throws IOException {
    file("ipv6/conf/all/forwarding", "1\n");
    var driver = new HostForwarding(IpVersion.V6, root);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @Test
  void aKernelWithoutTheFamilyNeedsNothing() {
    assertThat(new HostForwarding(IpVersion.V6, root).apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void aRefusalIsTriedAgain() throws IOException {
    Files.createDirectories(root.resolve("ipv4/ip_forward"));
    assertThat(new HostForwarding(IpVersion.V4, root).apply())
        .isInstanceOf(ApplyOutcome.Partly.class);
  }
}
