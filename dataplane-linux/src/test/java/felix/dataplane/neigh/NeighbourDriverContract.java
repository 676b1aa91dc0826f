package felix.dataplane.neigh;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.Samples;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the neighbour driver does to a kernel, real or fake. */
abstract class NeighbourDriverContract {
  private static final String MAC = "02:00:00:00:00:01";
  private static final String OTHER_MAC = "02:00:00:00:00:99";

  private Lab lab;
  private Rtnetlink hand;
  private IpVersion version;
  private NeighbourDriver driver;
  private InterfaceFeed feed;

  abstract Lab lab();

  @BeforeEach
  void openLab() {
    lab = lab();
    hand = lab.netlink().connect();
    start(IpVersion.V4);
  }

  @AfterEach
  void closeLab() {
    hand.close();
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void neighbourIsWrittenOnceItsInterfaceIsUp(IpVersion family) {
    start(family);
    want(1, "cali1", MAC);
    int cali1 = lab.addLink("cali1");
    assertThat(apply()).isInstanceOf(NotReady.class);

    lab.up("cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(permanent()).containsExactly(entry(1, MAC, cali1));
  }

  @ParameterizedTest
  @EnumSource
  void neitherSecondApplyNorRestartWrites(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1", MAC);
    apply();
    driver.queueResync();
    apply();
    assertThat(driver.writes()).isEqualTo(1);

    start(family);
    want(1, "cali1", MAC);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void newMacReplacesTheOldOne(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    want(1, "cali1", MAC);
    apply();

    want(1, "cali1", OTHER_MAC);
    apply();
    assertThat(permanent()).containsExactly(entry(1, OTHER_MAC, cali1));
  }

  @ParameterizedTest
  @EnumSource
  void handsWorkIsRepairedOnResync(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    want(1, "cali1", MAC);
    want(2, "cali1", MAC);
    apply();

    hand.execute(
        List.of(
            Samples.delete(entry(1, MAC, cali1)),
            Samples.replace(entry(2, OTHER_MAC, cali1)),
            Samples.add(entry(3, MAC, cali1))));
    driver.queueResync();
    apply();

    assertThat(permanent()).containsExactlyInAnyOrder(entry(1, MAC, cali1), entry(2, MAC, cali1));
  }

  @ParameterizedTest
  @EnumSource
  void permanentNeighboursOfOtherInterfacesStay(IpVersion family) {
    start(family);
    int eth9 = upLink("eth9");
    hand.execute(List.of(Samples.add(entry(1, MAC, eth9))));

    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(permanent()).containsExactly(entry(1, MAC, eth9));
  }

  @ParameterizedTest
  @EnumSource
  void addressMovesToAnotherInterface(IpVersion family) {
    start(family);
    upLink("cali1");
    int cali2 = upLink("cali2");
    want(1, "cali1", MAC);
    apply();

    driver.desired().remove(new NeighbourKey("cali1", ip(1)));
    want(1, "cali2", OTHER_MAC);
    apply();
    assertThat(permanent()).containsExactly(entry(1, OTHER_MAC, cali2));
  }

  @ParameterizedTest
  @EnumSource
  void neighbourComesBackWithItsInterface(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    want(1, "cali1", MAC);
    apply();

    lab.down("cali1");
    assertThat(apply()).isInstanceOf(NotReady.class);
    lab.up("cali1");
    apply();
    assertThat(permanent()).containsExactly(entry(1, MAC, cali1));

    lab.delete("cali1");
    int again = upLink("cali1");
    apply();
    assertThat(permanent()).containsExactly(entry(1, MAC, again));
  }

  /** Another process, for a family. */
  private void start(IpVersion family) {
    version = family;
    feed = new InterfaceFeed(hand);
    driver =
        new NeighbourDriver(
            family, name -> name.startsWith("cali"), lab.netlink().connect(), System::nanoTime);
  }

  private ApplyOutcome apply() {
    feed.tell(driver::onInterface);
    return driver.apply();
  }

  private int upLink(String name) {
    int index = lab.addLink(name);
    lab.up(name);
    return index;
  }

  private void want(int n, String interfaceName, String mac) {
    driver.desired().set(new NeighbourKey(interfaceName, ip(n)), MacAddress.parse(mac));
  }

  private Ip ip(int n) {
    return switch (version) {
      case V4 -> new Ip(version, 0, 0x0a410000L + n);
      case V6 -> new Ip(version, 0xfd00L << 48, n);
    };
  }

  private NeighbourMessage entry(int n, String mac, int linkIndex) {
    return Samples.neighbour(ip(n).toString(), mac, linkIndex);
  }

  private List<NeighbourMessage> permanent() {
    NeighbourTable table = version == IpVersion.V4 ? NeighbourTable.ARP : NeighbourTable.NDP;
    return hand.neighbours(table).stream()
        .filter(neighbour -> neighbour.state() == NeighbourMessage.STATE_PERMANENT)
        .toList();
  }
}
