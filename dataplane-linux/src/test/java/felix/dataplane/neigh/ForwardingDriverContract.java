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
import felix.model.MacAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver of forwarding tables does to a kernel, real or fake. */
abstract class ForwardingDriverContract {
  private static final String DEVICE = "vxlan.calico";
  private static final MacAddress FLOOD = MacAddress.parse("00:00:00:00:00:00");

  private Lab lab;
  private Rtnetlink hand;
  private ForwardingDriver driver;
  private InterfaceFeed feed;

  abstract Lab lab();

  /** Makes a VXLAN device that is down. */
  abstract void addVxlan(Lab lab, String name);

  @BeforeEach
  void openLab() {
    lab = lab();
    hand = lab.netlink().connect();
    start();
  }

  @AfterEach
  void closeLab() {
    for (var name : List.of(DEVICE, "vxlan.other")) {
      if (hand.links().stream().anyMatch(link -> link.name().equals(name))) {
        lab.delete(name);
      }
    }
    hand.close();
    lab.close();
  }

  @Test
  void entryIsWrittenOnceTheDeviceIsUp() {
    want(1, 1);
    assertThat(apply()).isInstanceOf(NotReady.class);
    int index = upVxlan(DEVICE);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(entries()).containsExactly(entry(1, 1, index));
  }

  @Test
  void neitherSecondApplyNorRestartWrites() {
    upVxlan(DEVICE);
    want(1, 1);
    want(2, 2);
    apply();
    driver.queueResync();
    apply();
    assertThat(driver.writes()).isEqualTo(2);

    start();
    want(1, 1);
    want(2, 2);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @Test
  void entryOfAHostThatWentWhileWeWereAwayIsRemoved() {
    int index = upVxlan(DEVICE);
    want(1, 1);
    want(2, 2);
    apply();

    start();
    want(1, 1);
    apply();
    assertThat(entries()).containsExactly(entry(1, 1, index));
  }

  @Test
  void macsMayBeSwapped() {
    int index = upVxlan(DEVICE);
    want(1, 1);
    want(2, 2);
    apply();

    want(1, 2);
    want(2, 1);
    apply();
    assertThat(entries()).containsExactlyInAnyOrder(entry(1, 2, index), entry(2, 1, index));
    assertThat(driver.writes()).isEqualTo(4);
  }

  @Test
  void handsWorkIsRepairedOnResync() {
    int index = upVxlan(DEVICE);
    want(1, 1);
    want(2, 2);
    apply();

    hand.execute(
        List.of(
            Samples.delete(entry(1, 1, index)),
            Samples.replace(entry(2, 9, index)),
            Samples.add(entry(3, 3, index)),
            Samples.add(entry(FLOOD, 3, index))));
    driver.queueResync();
    apply();
    assertThat(entries()).containsExactlyInAnyOrder(entry(1, 1, index), entry(2, 2, index));
  }

  @Test
  void otherDevicesAreLeftAlone() {
    int other = upVxlan("vxlan.other");
    upVxlan(DEVICE);
    hand.execute(List.of(Samples.add(entry(1, 1, other))));
    apply();
    assertThat(driver.writes()).isZero();
    assertThat(hand.neighbours(NeighbourTable.FORWARDING)).contains(entry(1, 1, other));
  }

  @Test
  void deviceMadeAnewGetsAllEntries() {
    upVxlan(DEVICE);
    want(1, 1);
    want(2, 2);
    apply();

    lab.delete(DEVICE);
    assertThat(apply()).isInstanceOf(NotReady.class);
    int again = upVxlan(DEVICE);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(entries()).containsExactlyInAnyOrder(entry(1, 1, again), entry(2, 2, again));
  }

  @Test
  void deviceThatWasDownKeepsItsEntries() {
    upVxlan(DEVICE);
    want(1, 1);
    apply();

    lab.down(DEVICE);
    apply();
    lab.up(DEVICE);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isEqualTo(1);
  }

  @Test
  void thousandHostsComeAndGo() {
    upVxlan(DEVICE);
    IntStream.range(0, 1_000).forEach(n -> want(n, n));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(entries()).hasSize(1_000);

    IntStream.range(0, 1_000).forEach(n -> driver.desired().remove(key(n)));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(entries()).isEmpty();
  }

  /** Another process. */
  private void start() {
    feed = new InterfaceFeed(hand);
    driver = new ForwardingDriver(DEVICE::equals, lab.netlink().connect(), System::nanoTime);
  }

  private ApplyOutcome apply() {
    feed.tell(driver::onInterface);
    return driver.apply();
  }

  private int upVxlan(String name) {
    addVxlan(lab, name);
    lab.up(name);
    return hand.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow()
        .index();
  }

  private void want(int mac, int host) {
    driver.desired().set(key(mac), host(host));
  }

  private static ForwardingKey key(int n) {
    return new ForwardingKey(DEVICE, mac(n));
  }

  private static MacAddress mac(int n) {
    return MacAddress.parse(String.format("66:00:00:00:%02x:%02x", n / 256, n % 256));
  }

  private static Ip host(int n) {
    return Ip.parse("10.65." + n / 256 + "." + n % 256);
  }

  private static NeighbourMessage entry(int mac, int host, int linkIndex) {
    return entry(mac(mac), host, linkIndex);
  }

  private static NeighbourMessage entry(MacAddress mac, int host, int linkIndex) {
    return new NeighbourMessage(
        NeighbourTable.FORWARDING,
        linkIndex,
        NeighbourMessage.STATE_PERMANENT,
        NeighbourMessage.FLAG_SELF,
        host(host),
        mac);
  }

  private List<NeighbourMessage> entries() {
    return hand.neighbours(NeighbourTable.FORWARDING).stream()
        .filter(entry -> entry.address() != null)
        .toList();
  }
}
