package felix.dataplane.link;

import static felix.dataplane.netlink.Samples.add;
import static felix.dataplane.netlink.Samples.delete;
import static felix.dataplane.netlink.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.link.LinkWish.Kept;
import felix.dataplane.link.LinkWish.Released;
import felix.dataplane.link.LinkWish.Wanted;
import felix.dataplane.link.Tunnel.IpIp;
import felix.dataplane.link.Tunnel.Vxlan;
import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.AddressMessage.Others;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvents;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.VxlanParameters;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the link driver does to a kernel, real or fake. */
abstract class LinkDriverContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final MacAddress MAC = MacAddress.parse("66:d2:61:74:48:01");
  private static final Ip LOCAL = Ip.parse("10.65.0.1");
  private static final Ip TUNNEL = Ip.parse("172.29.1.0");

  /**
   * A vxlan.calico as somebody else might have left it.
   *
   * @param vxlan null for another kind; parent -1 stands for that of the test
   */
  record Left(String what, @Nullable VxlanParameters vxlan, boolean changesInPlace) {
    LinkMessage device(int parentIndex) {
      VxlanParameters with =
          vxlan == null || vxlan.parentIndex() >= 0
              ? vxlan
              : new VxlanParameters(
                  vxlan.vni(), vxlan.port(), vxlan.local(), parentIndex, vxlan.learning());
      var settings = LinkSettings.ofKind(vxlan == null ? "bridge" : "vxlan");
      return new LinkMessage(0, LinkDriver.VXLAN, 0, settings, with);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Left> left() {
    Ip group = Ip.parse("239.1.1.1");
    return List.of(
        new Left("other kind", null, false),
        remade("other VNI", 4097, 4789, Learning.NONE),
        remade("other port", 4096, 8472, Learning.NONE),
        remade("flooding", 4096, 4789, new Learning(false, false, false, group)),
        remade("reporting misses", 4096, 4789, new Learning(false, true, false, null)),
        remade("marking packets", 4096, 4789, new Learning(false, false, true, null)),
        changed("learning", LOCAL, -1, new Learning(true, false, false, null)),
        changed("other local address", Ip.parse("10.65.0.9"), -1, Learning.NONE),
        changed("no local address", null, -1, Learning.NONE),
        changed("other parent", LOCAL, 1, Learning.NONE),
        changed("no parent", LOCAL, 0, Learning.NONE),
        changed("right", LOCAL, -1, Learning.NONE));
  }

  private static Left remade(String what, int vni, int port, Learning learning) {
    return new Left(what, new VxlanParameters(vni, port, LOCAL, -1, learning), false);
  }

  private static Left changed(String what, @Nullable Ip local, int parent, Learning learning) {
    return new Left(what, new VxlanParameters(4096, 4789, local, parent, learning), true);
  }

  private final AtomicLong nanoTime = new AtomicLong();
  private Lab lab;
  private Rtnetlink hand;
  private LinkDriver driver;
  private InterfaceFeed feed;
  private int eth9;

  abstract Lab lab();

  @BeforeEach
  void openLab() {
    lab = lab();
    hand = lab.netlink().connect();
    eth9 = upLink("eth9");
    start();
  }

  @AfterEach
  void closeLab() {
    hand.links().stream()
        .filter(link -> link.vxlan() != null || "bridge".equals(link.settings().kind()))
        .forEach(link -> hand.execute(List.of(delete(link))));
    hand.close();
    lab.close();
  }

  @Test
  void vxlanIsMadeAsWished() {
    want(vxlan(1450, TUNNEL));

    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
  }

  @Test
  void neitherSecondApplyNorRestartWrites() {
    want(vxlan(1450, TUNNEL));
    apply();
    long writes = driver.writes();
    driver.queueResync();
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isEqualTo(writes);

    start();
    want(vxlan(1450, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @Test
  void vxlanWaitsForItsParent() {
    lab.delete("eth9");
    want(vxlan(1450, TUNNEL));
    assertThat(apply()).isInstanceOf(NotReady.class);

    eth9 = upLink("eth9");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
  }

  @Test
  void vxlanComesBackWithItsParent() {
    want(vxlan(1450, TUNNEL));
    apply();

    lab.delete("eth9");
    assertThat(apply()).isInstanceOf(NotReady.class);
    eth9 = upLink("eth9");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
  }

  @ParameterizedTest
  @MethodSource("left")
  void whateverWasLeftBecomesRight(Left left) {
    assertThat(hand.execute(List.of(add(left.device(eth9))))).isEmpty();
    byHand(change(LinkSettings.NONE));
    int index = device().index();
    RouteMessage route = route("10.99.0.0/24", index);
    hand.execute(List.of(add(route)));

    want(vxlan(1450, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertRight();
    assertThat(device().index() == index).isEqualTo(left.changesInPlace);
    assertThat(hand.routes(IpVersion.V4).contains(route)).isEqualTo(left.changesInPlace);
  }

  @Test
  void macMtuAndAddressChangeWithoutLossOfRoutes() {
    want(vxlan(1400, Ip.parse("172.29.1.7")));
    apply();
    RouteMessage route = route("10.99.0.0/24", device().index());
    hand.execute(List.of(add(route)));
    hand.execute(
        List.of(change(new LinkSettings(null, 0, new MacAddress(0x0200_0000_0099L), 0, 0))));

    want(vxlan(1450, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
    assertThat(hand.routes(IpVersion.V4)).contains(route);
  }

  @Test
  void wishedAddressIsTheOnlyOneOfIpv4() {
    want(vxlan(1450, TUNNEL));
    apply();
    int index = device().index();
    var linkLocal = new AddressMessage(index, Ip.parse("fe80::77"), 64, 253);
    hand.execute(
        List.of(
            add(new AddressMessage(index, TUNNEL, 24, 0)),
            add(new AddressMessage(index, Ip.parse("172.29.1.9"), 24, 0)),
            add(
                new AddressMessage(
                    index, Ip.parse("10.1.0.1"), 32, 0, new Others(null, Ip.parse("10.1.0.2")))),
            add(linkLocal)));

    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
    assertThat(hand.addresses())
        .anyMatch(
            address ->
                address.linkIndex() == index && address.address().equals(linkLocal.address()));
  }

  @Test
  void wishedAddressHasNoFarEnd() {
    want(vxlan(1450, null));
    apply();
    var others = new Others(null, Ip.parse("10.1.0.2"));
    byHand(add(new AddressMessage(device().index(), TUNNEL, 32, 0, others)));

    want(vxlan(1450, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
  }

  @Test
  void addressThatWasSetWithoutABroadcastAddressStays() {
    want(vxlan(1450, null));
    apply();
    hand.execute(List.of(add(new AddressMessage(device().index(), TUNNEL, 32, 0))));
    long writes = driver.writes();

    want(vxlan(1450, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isEqualTo(writes);
  }

  @Test
  void anotherVxlanOfTheSameVniAndPortIsNamed() {
    var rival = new VxlanParameters(4096, 4789, LOCAL, eth9, Learning.NONE);
    var flannel = new LinkMessage(0, "flannel.1", 0, LinkSettings.ofKind("vxlan"), rival);
    hand.execute(List.of(add(flannel)));
    want(vxlan(1450, TUNNEL));

    assertThat(apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly ->
                assertThat(partly.cause())
                    .hasMessageStartingWith("make vxlan.calico (VXLAN 4096, port 4789,")
                    .hasMessageContaining("EEXIST")
                    .hasMessageContaining("flannel.1 has VNI 4096 on port 4789 already"));

    hand.execute(List.of(delete(named("flannel.1"))));
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertRight();
  }

  @Test
  void mtuAboveTheParentsIsTheOnlyThingMissing() {
    want(vxlan(1460, TUNNEL));

    assertThat(apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly ->
                assertThat(partly.cause())
                    .hasMessage(
                        "set the MTU of vxlan.calico to 1460: EINVAL (that of eth9 is 1500)"));
    assertThat(device().isUp()).isTrue();
    assertThat(addresses()).hasSize(1);

    hand.execute(
        List.of(
            new Request(
                Operation.CHANGE,
                new LinkMessage(
                    eth9, "", LinkMessage.FLAG_UP, new LinkSettings(null, 1510, null, 0, 0)))));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(device().settings().mtuBytes()).isEqualTo(1460);
  }

  @Test
  void unwishedVxlanIsRemovedAndAKeptOneIsNot() {
    want(vxlan(1450, TUNNEL));
    apply();
    LinkMessage made = device();

    driver.desired().set(LinkDriver.VXLAN, new Kept());
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(device()).isEqualTo(made);

    driver.desired().remove(LinkDriver.VXLAN);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(hand.links()).noneMatch(link -> link.name().equals(LinkDriver.VXLAN));
  }

  @Test
  void whatAnEarlierRunLeftIsRemovedWithoutAWish() {
    hand.execute(List.of(add(left().getFirst().device(eth9))));

    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(hand.links()).noneMatch(link -> link.name().equals(LinkDriver.VXLAN));
  }

  /** The kernel may have no IPIP, so the device is there already, whatever it is. */
  @Test
  void tunl0GetsMtuAddressAndIsSetUp() {
    hand.execute(List.of(add(new LinkMessage(0, "tunl0", 0, LinkSettings.ofKind("bridge")))));
    int index = named("tunl0").index();
    hand.execute(List.of(add(new AddressMessage(index, Ip.parse("10.1.0.1"), 32, 0))));

    driver.desired().set(LinkDriver.IPIP, new Wanted(new IpIp(), 1480, null, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(named("tunl0").index()).isEqualTo(index);
    assertThat(named("tunl0").isUp()).isTrue();
    assertThat(named("tunl0").settings().mtuBytes()).isEqualTo(1480);
    assertThat(addressesOf(index)).containsExactly(tunnelAddress(index));

    driver.desired().set(LinkDriver.IPIP, new Wanted(new IpIp(), 1480, null, null));
    apply();
    assertThat(addressesOf(index)).isEmpty();

    LinkMessage before = named("tunl0");
    driver.desired().remove(LinkDriver.IPIP);
    apply();
    assertThat(named("tunl0")).isEqualTo(before);
  }

  @Test
  void tunl0IsGivenBackAsTheKernelMadeIt() {
    hand.execute(List.of(add(new LinkMessage(0, "tunl0", 0, LinkSettings.ofKind("bridge")))));
    int index = named("tunl0").index();
    driver.desired().set(LinkDriver.IPIP, new Wanted(new IpIp(), 1440, null, TUNNEL));
    apply();

    driver.desired().set(LinkDriver.IPIP, new Released());
    assertThat(driver.unwanted())
        .containsExactly(
            "address 172.29.1.0/32 dev tunl0", "link state up of tunl0", "link mtu 1440 of tunl0");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(driver.unwanted()).isEmpty();
    assertThat(named("tunl0").isUp()).isFalse();
    assertThat(named("tunl0").settings().mtuBytes()).isEqualTo(1480);
    assertThat(addressesOf(index)).isEmpty();
  }

  /** Who uses it for something else has another address there, or leads packets through it. */
  @Test
  void tunl0IsOnlyOursAsWeLeaveIt() {
    assertThat(LinkRelease.mayRelease(hand, 1440, 80)).as("there is none").isFalse();
    hand.execute(List.of(add(new LinkMessage(0, "tunl0", 0, LinkSettings.ofKind("bridge")))));
    int index = named("tunl0").index();
    assertThat(LinkRelease.mayRelease(hand, 1440, 80)).as("down").isFalse();
    driver.desired().set(LinkDriver.IPIP, new Wanted(new IpIp(), 1440, null, TUNNEL));
    apply();
    assertThat(LinkRelease.mayRelease(hand, 1440, 80)).isTrue();

    var second = new AddressMessage(index, Ip.parse("10.1.0.1"), 32, 0);
    hand.execute(List.of(add(second)));
    assertThat(LinkRelease.mayRelease(hand, 1440, 80)).as("two addresses").isFalse();
    hand.execute(List.of(delete(second)));

    RouteMessage ofBird = route("10.9.0.0/26", index, RouteMessage.PROTOCOL_BIRD);
    hand.execute(List.of(add(ofBird)));
    assertThat(LinkRelease.mayRelease(hand, 1440, 80)).as("BIRD uses it").isFalse();
    assertThat(LinkRelease.mayRelease(hand, 1440, RouteMessage.PROTOCOL_BIRD)).isTrue();
    hand.execute(List.of(delete(ofBird)));

    var kernels = new LinkSettings(null, 1480, null, 0, 0);
    hand.execute(
        List.of(
            new Request(
                Operation.CHANGE, new LinkMessage(index, "", LinkMessage.FLAG_UP, kernels))));
    assertThat(LinkRelease.mayRelease(hand, 1440, 80)).as("the kernel's MTU").isFalse();
    assertThat(LinkRelease.mayRelease(hand, 0, 80)).as("whatever MTU fits").isTrue();
  }

  @Test
  void checksumsAreLeftToOthersUnlessForbidden() {
    want(vxlan(1450, TUNNEL));
    apply();
    assertThat(lab.netlink().ethtool().checksumOffload(LinkDriver.VXLAN)).isTrue();

    want(new Wanted(new Vxlan(4096, 4789, LOCAL, "eth9", false), 1450, MAC, TUNNEL));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(lab.netlink().ethtool().checksumOffload(LinkDriver.VXLAN)).isFalse();
    long writes = driver.writes();
    driver.queueResync();
    apply();
    assertThat(driver.writes()).isEqualTo(writes);

    lab.delete("eth9");
    eth9 = upLink("eth9");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(lab.netlink().ethtool().checksumOffload(LinkDriver.VXLAN)).isFalse();
  }

  @Test
  void handsWorkIsRepairedByEvent() {
    want(vxlan(1450, TUNNEL));
    apply();
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of(IpVersion.V4))) {
      List<Runnable> edits =
          List.of(
              () -> lab.delete(LinkDriver.VXLAN),
              () -> lab.down(LinkDriver.VXLAN),
              () -> byHand(change(new LinkSettings(null, 1300, null, 0, 0))),
              () -> byHand(change(new LinkSettings(null, 0, new MacAddress(0x99), 0, 0))),
              () -> byHand(delete(tunnelAddress(device().index()))),
              () -> byHand(add(new AddressMessage(device().index(), Ip.parse("10.1.0.1"), 32, 0))));
      for (Runnable edit : edits) {
        edit.run();
        long writes = driver.writes();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (driver.writes() == writes && System.nanoTime() < deadline) {
          if (events.receive() instanceof Happened happened) {
            happened.events().forEach(driver::onEvent);
          }
          driver.apply();
        }
        assertRight();
      }
    }
  }

  /** Another process. */
  private void start() {
    feed = new InterfaceFeed(hand);
    driver =
        new LinkDriver(
            lab.netlink().connect(),
            lab.netlink().ethtool(),
            (command, input) -> new CommandResult(1, "", "no module " + command.getLast()),
            nanoTime::get);
  }

  private ApplyOutcome apply() {
    feed.tell(driver::onInterface);
    return driver.apply();
  }

  private void want(Wanted wish) {
    driver.desired().set(LinkDriver.VXLAN, wish);
  }

  private static Wanted vxlan(int mtuBytes, @Nullable Ip address) {
    return new Wanted(new Vxlan(4096, 4789, LOCAL, "eth9", true), mtuBytes, MAC, address);
  }

  /** The device is as in the reference's dump of a host. */
  private void assertRight() {
    LinkMessage device = device();
    assertThat(device.isUp()).isTrue();
    assertThat(device.settings()).isEqualTo(new LinkSettings("vxlan", 1450, MAC, 0, 0));
    assertThat(device.vxlan())
        .isEqualTo(new VxlanParameters(4096, 4789, LOCAL, eth9, Learning.NONE));
    assertThat(addresses()).containsExactly(tunnelAddress(device.index()));
  }

  private static AddressMessage tunnelAddress(int index) {
    return new AddressMessage(index, TUNNEL, 32, 0, new Others(TUNNEL, null));
  }

  private Request change(LinkSettings settings) {
    return new Request(
        Operation.CHANGE, new LinkMessage(device().index(), "", LinkMessage.FLAG_UP, settings));
  }

  private void byHand(Request request) {
    assertThat(hand.execute(List.of(request))).isEmpty();
  }

  private List<AddressMessage> addresses() {
    return addressesOf(device().index());
  }

  private List<AddressMessage> addressesOf(int index) {
    return hand.addresses().stream()
        .filter(address -> address.linkIndex() == index)
        .filter(address -> address.address().version() == IpVersion.V4)
        .toList();
  }

  private LinkMessage device() {
    return named(LinkDriver.VXLAN);
  }

  private LinkMessage named(String name) {
    return hand.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link " + name));
  }

  private int upLink(String name) {
    int index = lab.addLink(name);
    lab.up(name);
    return index;
  }
}
