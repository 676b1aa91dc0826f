package felix.dataplane.sysctl;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("netns")
class SysctlDriverNetnsTest {
  private static final Path ROOT = Path.of("/proc/sys/net");

  @ParameterizedTest
  @EnumSource
  void settingsReachTheKernelAndAnInterfaceMadeAnew(IpVersion version) throws IOException {
    try (var lab = new KernelLab();
        Rtnetlink netlink = lab.netlink().connect()) {
      var feed = new InterfaceFeed(netlink);
      var driver = new SysctlDriver(version, ROOT, System::nanoTime);
      driver.desired().set("cali1", InterfaceSysctl.forWorkloads(version));
      lab.addLink("cali1");
      lab.up("cali1");
      feed.tell(driver::onInterface);

      assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
      assertSettingsHold(version);

      lab.delete("cali1");
      lab.addLink("cali1");
      lab.up("cali1");
      feed.tell(driver::onInterface);
      assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
      assertSettingsHold(version);

      long writes = driver.writes();
      driver.queueResync();
      driver.apply();
      assertThat(driver.writes()).isEqualTo(writes).isPositive();
    }
  }

  private static void assertSettingsHold(IpVersion version) throws IOException {
    for (var setting : InterfaceSysctl.forWorkloads(version).entrySet()) {
      Path file =
          ROOT.resolve(setting.getKey().folder()).resolve("cali1").resolve(setting.getKey().file());
      assertThat(Files.readString(file).strip()).as("%s", file).isEqualTo(setting.getValue());
    }
  }
}
