package felix.dataplane.sysctl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlDriverTest {
  @TempDir private Path root;
  private SysctlDriver driver;

  @BeforeEach
  void start() {
    driver = new SysctlDriver(IpVersion.V4, root, System::nanoTime);
  }

  @Test
  void workloadsSettingsAreThoseOfTheReference() throws IOException {
    interfaceFolders("cali1");
    want("cali1");
    tell("cali1", 7, true);

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(value("ipv4/conf/cali1/route_localnet")).isEqualTo("1");
    assertThat(value("ipv4/neigh/cali1/proxy_delay")).isEqualTo("0");
    assertThat(value("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
    assertThat(value("ipv4/conf/cali1/forwarding")).isEqualTo("1");
    assertThat(driver.writes()).isEqualTo(4);
  }

  @Test
  void ipv6HasItsOwnSettings() throws IOException {
    interfaceFolders("cali1");
    var v6 = new SysctlDriver(IpVersion.V6, root, System::nanoTime);
    v6.desired().set("cali1", InterfaceSysctl.forWorkloads(IpVersion.V6));
    v6.onInterface(new InterfaceChange("cali1", 7, true, true, 1500, Set.of()));

    assertThat(v6.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(value("ipv6/conf/cali1/proxy_ndp")).isEqualTo("1");
    assertThat(value("ipv6/conf/cali1/forwarding")).isEqualTo("1");
    assertThat(v6.writes()).isEqualTo(2);
  }

  @Test
  void nothingIsWrittenBeforeTheInterfaceIsUp() throws IOException {
    interfaceFolders("cali1");
    want("cali1");
    assertThat(driver.apply()).isInstanceOf(NotReady.class);
    tell("cali1", 7, false);
    assertThat(driver.apply()).isInstanceOf(NotReady.class);
    assertThat(driver.writes()).isZero();
  }

  @Test
  void whatIsThereAlreadyIsNotWritten() throws IOException {
    interfaceFolders("cali1");
    want("cali1");
    tell("cali1", 7, true);
    driver.apply();

    start();
    want("cali1");
    tell("cali1", 7, true);
    driver.apply();
    driver.queueResync();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @Test
  void changeByHandIsRepairedOnResync() throws IOException {
    interfaceFolders("cali1");
    want("cali1");
    tell("cali1", 7, true);
    driver.apply();

    Files.writeString(root.resolve("ipv4/conf/cali1/proxy_arp"), "0\n");
    driver.queueResync();
    driver.apply();
    assertThat(value("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
  }

  @Test
  void interfaceMadeAnewIsWrittenAgain() throws IOException {
    interfaceFolders("cali1");
    want("cali1");
    tell("cali1", 7, true);
    driver.apply();

    interfaceFolders("cali1");
    tell("cali1", 8, true);
    driver.apply();
    assertThat(value("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
  }

  @Test
  void settingsStayWhenNobodyWantsThemAnyMore() throws IOException {
    interfaceFolders("cali1");
    want("cali1");
    tell("cali1", 7, true);
    driver.apply();
    driver.desired().remove("cali1");

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(value("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
  }

  @Test
  void interfaceThatHasJustGoneIsWaitedFor() {
    want("cali1");
    tell("cali1", 7, true);

    assertThat(driver.apply()).isInstanceOf(NotReady.class);
  }

  @Test
  void refusedFileIsTriedAgainAndHindersNoOtherInterface() throws IOException {
    interfaceFolders("cali1", "cali2");
    Path bad = root.resolve("ipv4/conf/cali1/proxy_arp");
    Files.delete(bad);
    Files.createDirectory(bad); // cannot be read as a file
    want("cali1");
    want("cali2");
    tell("cali1", 7, true);
    tell("cali2", 8, true);

    assertThat(driver.apply()).isInstanceOf(Partly.class);
    assertThat(value("ipv4/conf/cali2/proxy_arp")).isEqualTo("1");

    Files.delete(bad);
    Files.writeString(bad, "0\n");
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(value("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "all",
        "default",
        "a/b",
        "../x",
        "a b",
        "a:b",
        "é",
        "sixteen-letters-",
        "a\nb"
      })
  void whatCannotBeAnInterfaceIsNoPath(String name) throws IOException {
    interfaceFolders("all", "default", "a b", "sixteen-letters-");
    assertThat(SysctlFiles.isInterfaceName(name)).isFalse();

    want(name);
    tell(name, 7, true);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cali0123456789a", "eth0.100", "-x", "...", "br@1"})
  void oddNamesThatLinuxTakesAreTaken(String name) {
    assertThat(SysctlFiles.isInterfaceName(name)).isTrue();
  }

  private void want(String name) {
    driver.desired().set(name, InterfaceSysctl.forWorkloads(IpVersion.V4));
  }

  private void tell(String name, int index, boolean up) {
    driver.onInterface(new InterfaceChange(name, index, true, up, 1500, Set.of()));
  }

  private String value(String path) throws IOException {
    return Files.readString(root.resolve(path), US_ASCII).strip();
  }

  private void interfaceFolders(String... names) throws IOException {
    for (String name : names) {
      for (var defaults :
          Map.of(
                  "ipv4/conf/", Set.of("route_localnet", "proxy_arp", "forwarding"),
                  "ipv4/neigh/", Set.of("proxy_delay"),
                  "ipv6/conf/", Set.of("proxy_ndp", "forwarding"))
              .entrySet()) {
        Path folder = Files.createDirectories(root.resolve(defaults.getKey() + name));
        for (String file : defaults.getValue()) {
          Files.writeString(
              folder.resolve(file), file.equals("proxy_delay") ? "80\n" : "0\n", US_ASCII);
        }
      }
    }
  }
}
