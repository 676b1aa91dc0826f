package felix.dataplane.link;

import static felix.dataplane.netlink.Samples.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.link.LinkWish.Wanted;
import felix.dataplane.link.Tunnel.IpIp;
import felix.dataplane.link.Tunnel.Vxlan;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.VxlanParameters;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.dataplane.reconcile.KernelException;
import felix.model.Ip;
import felix.model.MacAddress;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the link driver does when the kernel refuses, lies or lacks something, and how often it
 * asks.
 */
class LinkDriverFaultsTest {
  private static final MacAddress MAC = MacAddress.parse("66:d2:61:74:48:01");
  private static final Ip LOCAL = Ip.parse("10.65.0.1");
  private static final Ip TUNNEL = Ip.parse("172.29.1.0");
  private static final Wanted IPIP = new Wanted(new IpIp(), 1480, null, TUNNEL);

  private final FakeKernel kernel = new FakeKernel();
  private final Rtnetlink hand = kernel.undisturbed();
  private final AtomicLong nanoTime = new AtomicLong();
  private final List<String> commands = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();
  private LinkDriver driver = driver(kernel.netlink().connect());
  private int eth9;

  @BeforeEach
  void parent() {
    eth9 = kernel.addLink("eth9");
    kernel.up("eth9");
  }

  @Test
  void kernelWithoutIpipHoldsNothingElseUp() {
    kernel.installIpip(false);
    driver.desired().set(LinkDriver.IPIP, IPIP);
    wantVxlan(MAC);

    assertThat(driver.apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly ->
                assertThat(partly.cause())
                    .hasMessage(
                        "make tunl0 (IPIP): EOPNOTSUPP; this kernel knows no links of kind ipip: it"
                            + " has no such module, and modprobe ipip said 'no module ipip'"));
    assertThat(vxlan().isUp()).isTrue();
    assertThat(commands).containsExactly("modprobe ipip");
  }

  @Test
  void modprobeIsTriedOnceAndTheKernelIsAskedEverMoreSeldom() {
    kernel.installIpip(false);
    driver.desired().set(LinkDriver.IPIP, IPIP);
    int tries = 0;
    for (int second = 0; second < 600; second++) {
      long before = driver.writes();
      driver.apply();
      tries += driver.writes() == before ? 0 : 1;
      nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(tries).isBetween(20, 30);
    assertThat(commands).containsExactly("modprobe ipip");

    kernel.installIpip(true);
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(named("tunl0").isUp()).isTrue();
  }

  @Test
  void moduleThatBringsTunl0WithItIsFine() {
    driver.desired().set(LinkDriver.IPIP, IPIP);

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(named("tunl0").settings().mtuBytes()).isEqualTo(1480);
    assertThat(commands).isEmpty();
  }

  @Test
  void moduleThatOnlyModprobeFindsIsFine() {
    kernel.installIpip(false);
    driver =
        new LinkDriver(
            kernel.netlink().connect(),
            kernel.netlink().ethtool(),
            (command, input) -> {
              kernel.installIpip(true);
              return new CommandResult(0, "", "");
            },
            nanoTime::get);
    driver.desired().set(LinkDriver.IPIP, IPIP);

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(named("tunl0").isUp()).isTrue();
  }

  @Test
  void missingModprobeIsSaid() {
    kernel.installIpip(false);
    driver =
        new LinkDriver(
            kernel.netlink().connect(),
            kernel.netlink().ethtool(),
            (command, input) -> {
              throw new KernelException("modprobe", "not installed");
            },
            nanoTime::get);
    driver.desired().set(LinkDriver.IPIP, IPIP);

    assertThat(driver.apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly ->
                assertThat(partly.cause())
                    .hasMessageEndingWith("could not be run: modprobe: not installed"));
  }

  @Test
  void kernelThatChangesNothingInPlaceGetsANewDevice() {
    wantVxlan(MAC);
    driver.apply();
    int index = vxlan().index();
    kernel.refuse(
        request ->
            request.operation() == Operation.CHANGE
                && request.object() instanceof LinkMessage link
                && link.settings().mac() != null,
        Errno.EBUSY);
    var other = MacAddress.parse("66:d2:61:74:48:99");
    wantVxlan(other);

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(vxlan().index()).isNotEqualTo(index);
    assertThat(vxlan().settings().mac()).isEqualTo(other);
  }

  @Test
  void deviceThatTheKernelShowsOtherwiseIsNotMadeOverAndOver() {
    driver = driver(withWrongPort(kernel.netlink().connect()));
    wantVxlan(MAC);

    assertThat(driver.apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly -> assertThat(partly.cause()).hasMessageEndingWith("does not keep it"));
    long writes = driver.writes();
    int index = vxlan().index();
    driver.onEvent(new RtnetlinkEvent(vxlan(), false));
    driver.apply();
    assertThat(driver.writes()).isEqualTo(writes);
    assertThat(vxlan().index()).isEqualTo(index);
  }

  @Test
  void refusedRequestsAreTriedAgain() {
    kernel.refuse(request -> request.operation() == Operation.ADD, Errno.EBUSY);
    wantVxlan(MAC);
    assertThat(driver.apply()).isInstanceOf(Partly.class);
    long writes = driver.writes();
    assertThat(driver.apply()).isInstanceOf(Partly.class);
    assertThat(driver.writes()).isEqualTo(writes);

    kernel.heal();
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void wrongDeviceStaysWhileAnotherOneMayNotBeMade() {
    var wrong = new VxlanParameters(4097, 4789, LOCAL, eth9, Learning.NONE);
    hand.execute(
        List.of(add(new LinkMessage(0, LinkDriver.VXLAN, 0, LinkSettings.ofKind("vxlan"), wrong))));
    kernel.refuse(request -> request.object() instanceof LinkMessage, Errno.EBUSY);
    int index = vxlan().index();
    wantVxlan(MAC);
    driver.apply();
    kernel.heal();
    driver.onInterface(new InterfaceChange(LinkDriver.VXLAN, index, true, true, 1, Set.of()));

    assertThat(driver.apply()).isInstanceOf(Partly.class);
    assertThat(vxlan().index()).isEqualTo(index);
  }

  @Test
  void interruptedDumpIsARetry() {
    kernel.interruptDumps(1);
    wantVxlan(MAC);

    assertThat(driver.apply()).isInstanceOf(Retry.class);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void kernelIsReadForAReasonOnly() {
    driver = driver(counting(kernel.netlink().connect()));
    wantVxlan(MAC);
    driver.apply();
    reads.clear();

    for (int i = 0; i < 5; i++) {
      wantVxlan(MAC);
      driver.onInterface(new InterfaceChange("cali1", 77, true, true, 1500, Set.of()));
      driver.onInterface(new InterfaceChange("eth9", eth9, true, true, 1500, Set.of()));
      driver.onInterface(
          new InterfaceChange(LinkDriver.VXLAN, vxlan().index(), true, true, 1450, Set.of(TUNNEL)));
      driver.onEvent(new RtnetlinkEvent(vxlan(), false));
      driver.onEvent(new RtnetlinkEvent(named("eth9"), true));
      assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    }
    assertThat(reads).isEmpty();

    driver.onInterface(new InterfaceChange("eth9", eth9 + 1, true, true, 1500, Set.of()));
    driver.apply();
    assertThat(reads).containsExactly("links", "addresses");
  }

  @Test
  void onlyOurTwoDevicesCanBeWishedFor() {
    assertThatThrownBy(() -> driver.desired().set("eth0", IPIP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eth0");
  }

  private LinkDriver driver(Rtnetlink netlink) {
    return new LinkDriver(
        netlink,
        kernel.netlink().ethtool(),
        (command, input) -> {
          commands.add(String.join(" ", command));
          return new CommandResult(1, "", "no module " + command.getLast() + "\n");
        },
        nanoTime::get);
  }

  private Rtnetlink counting(Rtnetlink netlink) {
    return intercepted(
        netlink,
        (name, result) -> {
          if (!name.equals("execute")) {
            reads.add(name);
          }
          return result;
        });
  }

  /** As from a kernel that takes a port and has another one. */
  private static Rtnetlink withWrongPort(Rtnetlink netlink) {
    return intercepted(
        netlink,
        (name, result) ->
            name.equals("links")
                ? netlink.links().stream().map(LinkDriverFaultsTest::onOtherPort).toList()
                : result);
  }

  private static LinkMessage onOtherPort(LinkMessage link) {
    VxlanParameters vxlan = link.vxlan();
    return vxlan == null
        ? link
        : new LinkMessage(
            link.index(),
            link.name(),
            link.flags(),
            link.settings(),
            new VxlanParameters(
                vxlan.vni(), 1, vxlan.local(), vxlan.parentIndex(), vxlan.learning()));
  }

  private interface Interception {
    Object after(String method, Object result);
  }

  private static Rtnetlink intercepted(Rtnetlink netlink, Interception interception) {
    return (Rtnetlink)
        Proxy.newProxyInstance(
            Rtnetlink.class.getClassLoader(),
            new Class<?>[] {Rtnetlink.class},
            (proxy, method, arguments) ->
                interception.after(method.getName(), method.invoke(netlink, arguments)));
  }

  private void wantVxlan(MacAddress mac) {
    driver
        .desired()
        .set(
            LinkDriver.VXLAN,
            new Wanted(new Vxlan(4096, 4789, LOCAL, "eth9", true), 1450, mac, TUNNEL));
  }

  private LinkMessage vxlan() {
    return named(LinkDriver.VXLAN);
  }

  private LinkMessage named(String name) {
    return hand.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link " + name));
  }
}
