package felix.dataplane.route;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.Samples;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the route driver does to a kernel, real or fake, with routes between hosts. */
abstract class ClusterRoutesContract {
  private static final int OUR_PROTOCOL_ELSEWHERE = 80;
  private static final int BIRD = RouteMessage.PROTOCOL_BIRD;

  private final AtomicLong nanoTime = new AtomicLong();
  private Lab lab;
  private Rtnetlink hand;
  private IpVersion version;
  private RouteDriver driver;
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
    for (var family : IpVersion.values()) {
      hand.routes(family).stream()
          .filter(route -> route.kind().type() == RouteMessage.TYPE_BLACKHOLE)
          .forEach(route -> hand.execute(List.of(Samples.delete(route))));
    }
    hand.close();
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void routeViaAGatewayIsWrittenOnceItsInterfaceIsUp(IpVersion family) {
    start(family);
    want(via(1, 1, "eth9"));
    int eth9 = lab.addLink("eth9");
    assertThat(apply()).isInstanceOf(NotReady.class);

    lab.up("eth9");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).containsExactly(kept(1, 1, eth9, OUR_PROTOCOL_ELSEWHERE));

    driver.queueResync();
    apply();
    assertThat(driver.writes()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void routeOverTheTunnelCarriesTheNumberOfWorkloads(IpVersion family) {
    start(family);
    int vxlan = upLink("vxlan.calico");
    want(via(1, 1, "vxlan.calico"));
    apply();
    assertThat(to(1)).containsExactly(kept(1, 1, vxlan, 3));
  }

  @ParameterizedTest
  @EnumSource
  void blackholeNeedsNoInterface(IpVersion family) {
    start(family);
    wantNowhere(1);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).containsExactly(nowhere(1, OUR_PROTOCOL_ELSEWHERE, 1024));

    driver.queueResync();
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isEqualTo(1);

    driver.desired(RouteOwner.LOCAL_BLOCKS).remove(Route.blackhole(block(1)).id());
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void restartWritesNothing(IpVersion family) {
    start(family);
    upLink("eth9");
    wishForSome();
    apply();

    start(family);
    wishForSome();
    driver.apply(); // before it is told of any interface
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatAnEarlierRunLeftIsSweptAndNothingElse(IpVersion family) {
    start(family);
    int eth9 = upLink("eth9");
    wishForSome();
    apply();
    RouteMessage foreign = kept(7, 1, eth9, BIRD);
    RouteMessage foreignNowhere = nowhere(8, BIRD, 1024);
    hand.execute(List.of(Samples.add(foreign), Samples.add(foreignNowhere)));

    start(family);
    apply();
    nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(to(1)).isEmpty();
    assertThat(to(2)).isEmpty();
    assertThat(to(7)).containsExactly(foreign);
    assertThat(to(8)).containsExactly(foreignNowhere);
  }

  @ParameterizedTest
  @EnumSource
  void foreignRouteIsWaitedForAndNotReplaced(IpVersion family) {
    start(family);
    int eth9 = upLink("eth9");
    upLink("tunl9");
    RouteMessage foreign = kept(1, 2, eth9, BIRD);
    hand.execute(List.of(Samples.add(foreign)));
    want(via(1, 1, "tunl9"));
    want(via(2, 1, "tunl9"));

    assertThat(apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly ->
                assertThat(partly.cause())
                    .hasMessageContaining("protocol 12 (BIRD)")
                    .hasMessageContaining("ProgramClusterRoutes"));
    assertThat(to(1)).containsExactly(foreign);
    assertThat(to(2)).hasSize(1);
    long writes = driver.writes();
    driver.queueResync();
    apply();
    assertThat(driver.writes()).isEqualTo(writes);

    hand.execute(List.of(Samples.delete(foreign)));
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).hasSize(1).doesNotContain(foreign);
  }

  @ParameterizedTest
  @EnumSource
  void foreignRouteThatCameUnseenIsNotReplaced(IpVersion family) {
    start(family);
    int eth9 = upLink("eth9");
    apply();
    RouteMessage foreign = kept(1, 2, eth9, BIRD);
    hand.execute(List.of(Samples.add(foreign)));

    want(via(1, 1, "eth9"));
    assertThat(apply()).isInstanceOf(Partly.class);
    assertThat(to(1)).containsExactly(foreign);
  }

  @ParameterizedTest
  @EnumSource
  void foreignBlackholeIsNotReplacedByOurs(IpVersion family) {
    start(family);
    RouteMessage foreign = nowhere(1, BIRD, 1024);
    hand.execute(List.of(Samples.add(foreign)));
    wantNowhere(1);

    assertThat(apply()).isInstanceOf(Partly.class);
    assertThat(to(1)).containsExactly(foreign);
  }

  @Test
  void blackholeStandsBehindThatOfARoutingDaemon() {
    start(IpVersion.V4);
    RouteMessage foreign = nowhere(1, BIRD, 0);
    hand.execute(List.of(Samples.add(foreign)));
    wantNowhere(1);

    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).containsExactly(foreign, nowhere(1, OUR_PROTOCOL_ELSEWHERE, 1024));
  }

  @ParameterizedTest
  @EnumSource
  void otherGatewayOrInterfaceReplacesInOneStep(IpVersion family) {
    start(family);
    int eth8 = upLink("eth8");
    int eth9 = upLink("eth9");
    want(via(1, 1, "eth9"));
    apply();

    want(via(1, 2, "eth9"));
    apply();
    assertThat(to(1)).containsExactly(kept(1, 2, eth9, OUR_PROTOCOL_ELSEWHERE));

    driver.desired(RouteOwner.CLUSTER).remove(via(1, 2, "eth9").id());
    want(via(1, 2, "eth8"));
    apply();
    assertThat(to(1)).containsExactly(kept(1, 2, eth8, OUR_PROTOCOL_ELSEWHERE));
    assertThat(driver.writes()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void workloadOfThisHostComesBeforeOthers(IpVersion family) {
    start(family);
    upLink("eth9");
    int cali1 = upLink("cali1");
    want(via(1, 1, "eth9"));
    apply();

    var own = Route.onLink(block(1), "cali1", null);
    driver.desired(RouteOwner.LOCAL_WORKLOADS).set(own.id(), own);
    apply();
    assertThat(to(1)).containsExactly(Samples.route(block(1).toString(), cali1));

    driver.desired(RouteOwner.LOCAL_WORKLOADS).remove(own.id());
    apply();
    assertThat(to(1)).extracting(route -> route.hop().gateway()).containsExactly(host(1));
  }

  @ParameterizedTest
  @EnumSource
  void vanishedTunnelComesBackWithItsRoutes(IpVersion family) {
    start(family);
    upLink("vxlan.calico");
    want(via(1, 1, "vxlan.calico"));
    want(via(2, 2, "vxlan.calico"));
    apply();

    lab.delete("vxlan.calico");
    assertThat(apply()).isInstanceOf(NotReady.class);
    int again = upLink("vxlan.calico");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).containsExactly(kept(1, 1, again, 3));
    assertThat(to(2)).containsExactly(kept(2, 2, again, 3));
  }

  /** Another process, for a family. */
  private void start(IpVersion family) {
    version = family;
    feed = new InterfaceFeed(hand);
    driver =
        new RouteDriver(
            family,
            new RouteOwnership(
                3, true, name -> name.startsWith("cali") || name.equals("vxlan.calico")),
            lab.netlink().connect(),
            nanoTime::get);
  }

  private void wishForSome() {
    want(via(1, 1, "eth9"));
    wantNowhere(2);
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

  private void want(Route route) {
    driver.desired(RouteOwner.CLUSTER).set(route.id(), route);
  }

  private void wantNowhere(int block) {
    Route route = Route.blackhole(block(block));
    driver.desired(RouteOwner.LOCAL_BLOCKS).set(route.id(), route);
  }

  private Route via(int block, int host, String interfaceName) {
    return Route.via(host(host), interfaceName, block(block));
  }

  private Cidr block(int n) {
    return Cidr.parse(version == IpVersion.V4 ? "172.29." + n + ".0/26" : "fd00:" + n + "::/122");
  }

  private Ip host(int n) {
    return Ip.parse(version == IpVersion.V4 ? "10.65.0." + n : "fd65::" + n);
  }

  private RouteMessage kept(int block, int host, int linkIndex, int protocol) {
    return new RouteMessage(
        RouteKey.main(block(block), version == IpVersion.V4 ? 0 : 1024),
        new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, protocol),
        new NextHop(linkIndex, host(host), true),
        null);
  }

  private RouteMessage nowhere(int block, int protocol, int metric) {
    return new RouteMessage(
        RouteKey.main(block(block), metric),
        new RouteKind(RouteMessage.TYPE_BLACKHOLE, RouteMessage.SCOPE_GLOBAL, protocol),
        new NextHop(version == IpVersion.V4 ? 0 : 1, null, false),
        null);
  }

  private List<RouteMessage> to(int block) {
    return hand.routes(version).stream()
        .filter(route -> route.key().destination().equals(block(block)))
        .toList();
  }
}
