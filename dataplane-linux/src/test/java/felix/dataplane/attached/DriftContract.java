package felix.dataplane.attached;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.neigh.NeighbourDriver;
import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.CountingRtnetlink;
import felix.dataplane.netlink.EventFeed;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.netlink.Samples;
import felix.dataplane.route.Route;
import felix.dataplane.route.RouteDriver;
import felix.dataplane.route.RouteOwner;
import felix.dataplane.route.RouteOwnership;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What drivers make of events, of the kernel and of the fake one alike. */
abstract class DriftContract {
  private static final int OUR_PROTOCOL = 3;
  private static final int FOREIGN_PROTOCOL = 12;
  private static final String MAC = "02:00:00:00:00:01";
  private static final String OTHER_MAC = "02:00:00:00:00:99";

  private Lab lab;
  private Rtnetlink hand;
  private EventFeed events;
  private InterfaceFeed interfaces;
  private IpVersion version;
  private CountingRtnetlink routesNetlink;
  private RouteDriver routes;
  private CountingRtnetlink neighboursNetlink;
  private NeighbourDriver neighbours;
  private int cali1;
  private int eth9;

  abstract Lab lab();

  @BeforeEach
  void openLab() {
    lab = lab();
    hand = lab.netlink().connect();
    events = new EventFeed(lab, hand);
    cali1 = lab.addLink("cali1");
    eth9 = lab.addLink("eth9");
    lab.up("cali1");
    lab.up("eth9");
    start(IpVersion.V4);
  }

  @AfterEach
  void closeLab() {
    events.close();
    hand.close();
    lab.close();
  }

  /** A process that has read the kernel and heard of all that happened. */
  private void start(IpVersion family) {
    version = family;
    routesNetlink = new CountingRtnetlink(lab.netlink().connect());
    routes =
        new RouteDriver(
            family,
            new RouteOwnership(OUR_PROTOCOL, true, DriftContract::isOurs),
            routesNetlink,
            System::nanoTime);
    neighboursNetlink = new CountingRtnetlink(lab.netlink().connect());
    neighbours =
        new NeighbourDriver(family, DriftContract::isOurs, neighboursNetlink, System::nanoTime);
    interfaces = new InterfaceFeed(hand);
    hear();
    apply();
    assertDumps(1);
  }

  @ParameterizedTest
  @EnumSource
  void ownWritesAreNoNews(IpVersion family) {
    start(family);
    for (int i = 0; i < 1_000; i++) {
      want(i, i % 3 == 0 ? OTHER_MAC : MAC);
      if (i % 5 == 4) {
        want(i - 1, OTHER_MAC);
        dislike(i - 2);
      }
      apply();
      hear();
      assertInDoubt(false);
    }
    assertThat(routes.writes()).isEqualTo(1_200);
    assertThat(neighbours.writes()).isGreaterThan(1_200);
    assertDumps(1);
  }

  @ParameterizedTest
  @EnumSource
  void routeThatMovesToAnotherInterfaceIsNoNews(IpVersion family) {
    start(family);
    lab.addLink("cali2");
    lab.up("cali2");
    want(1, MAC);
    apply();
    hear();
    dislike(1);
    var moved = Route.onLink(ip(1).toCidr(), "cali2", null);
    routes.desired(RouteOwner.LOCAL_WORKLOADS).set(moved.id(), moved);
    apply();
    hear();

    assertInDoubt(false);
    assertDumps(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDeletedByHandComesBack(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    hear();

    hand.execute(List.of(Samples.delete(route(1)), Samples.delete(neighbour(1, MAC))));
    hear();
    assertInDoubt(true);
    apply();

    assertHeld();
    hear();
    assertInDoubt(false);
    assertDumps(2);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsChangedByHandIsSetRight(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    hear();

    hand.execute(
        List.of(
            Samples.replace(Samples.route(ip(1).toString(), cali1, FOREIGN_PROTOCOL)),
            Samples.replace(neighbour(1, OTHER_MAC))));
    hear();
    assertInDoubt(true);
    apply();

    assertHeld();
    hear();
    assertInDoubt(false);
  }

  /** An entry that is no longer permanent is not ours, but it stands where ours should. */
  @ParameterizedTest
  @EnumSource
  void neighbourThatIsMadeTemporaryIsSetRight(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    hear();

    NeighbourMessage permanent = neighbour(1, MAC);
    int reachable = 0x02;
    hand.execute(
        List.of(
            Samples.replace(
                new NeighbourMessage(
                    permanent.table(),
                    cali1,
                    reachable,
                    0,
                    permanent.address(),
                    permanent.mac()))));
    hear();
    assertThat(neighbours.isInDoubt()).isTrue();
    apply();

    assertHeld();
  }

  @ParameterizedTest
  @EnumSource
  void whatNobodyWantsIsNoticed(IpVersion family) {
    start(family);
    hand.execute(List.of(Samples.add(route(7)), Samples.add(neighbour(7, MAC))));
    hear();
    assertInDoubt(true);
    apply();

    assertThat(hand.neighbours(table())).doesNotContain(neighbour(7, MAC));
    hear();
    assertInDoubt(false);
  }

  @ParameterizedTest
  @EnumSource
  void whatOthersDoElsewhereIsNoNews(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    RouteMessage elsewhere = Samples.route(ip(2).toString(), eth9, FOREIGN_PROTOCOL);
    RouteMessage ours = route(3);
    var otherTable =
        new RouteMessage(
            new RouteKey(
                1000, ours.key().destination(), ours.key().source(), 0, ours.key().metric()),
            ours.kind(),
            ours.hop(),
            null);
    NeighbourMessage neighbour = Samples.neighbour(ip(2).toString(), MAC, eth9);
    for (RtnetlinkObject object : List.of(elsewhere, otherTable, neighbour)) {
      assertThat(hand.execute(List.of(Samples.add(object), Samples.delete(object)))).isEmpty();
    }
    hear();

    assertInDoubt(false);
    apply();
    assertDumps(1);
  }

  /** Two writes before the first is heard of: one reading, no more. */
  @ParameterizedTest
  @EnumSource
  void burstOfOwnWritesCostsOneReadingAtMost(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    dislike(1);
    apply();
    want(1, OTHER_MAC);
    apply();
    want(1, MAC);
    apply();
    hear();
    apply();
    hear();

    assertInDoubt(false);
    assertHeld();
    assertThat(routesNetlink.dumps()).isLessThanOrEqualTo(2);
    assertThat(neighboursNetlink.dumps()).isLessThanOrEqualTo(2);
  }

  /** What was true when it was reported is not what is true when it is heard of. */
  @ParameterizedTest
  @EnumSource
  void oldNewsLeadToNoWrite(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    hear();
    hand.execute(
        List.of(
            Samples.delete(route(1)),
            Samples.add(route(1)),
            Samples.delete(neighbour(1, MAC)),
            Samples.add(neighbour(1, MAC))));
    long before = routes.writes() + neighbours.writes();
    hear();
    apply();

    assertThat(routes.writes() + neighbours.writes()).isEqualTo(before);
    assertDumps(2);
  }

  @ParameterizedTest
  @EnumSource
  void afterALossTheKernelIsReadOnce(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    hand.execute(List.of(Samples.delete(route(1)), Samples.delete(neighbour(1, MAC))));
    events.take();
    routes.onEventsLost();
    neighbours.onEventsLost();
    assertInDoubt(true);
    apply();

    assertHeld();
    hear();
    assertInDoubt(false);
    assertDumps(2);
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesWithItsInterfaceIsNoNews(IpVersion family) {
    start(family);
    want(1, MAC);
    apply();
    hear();
    lab.delete("cali1");
    hear();

    assertInDoubt(false);
  }

  /** The kernel flushes the IPv4 routes of an interface without a word when that has no address. */
  @Test
  void routesThatWentWithTheLastAddressComeBack() {
    var address = new AddressMessage(cali1, Ip.parse("10.9.0.1"), 32, 0);
    assertThat(hand.execute(List.of(Samples.add(address)))).isEmpty();
    start(IpVersion.V4);
    want(1, MAC);
    apply();
    hear();

    assertThat(hand.execute(List.of(Samples.delete(address)))).isEmpty();
    hear();
    apply();
    assertHeld();
    hear();
    assertInDoubt(false);
  }

  /** A blackhole of ours waits until that of a routing daemon is gone. */
  @Test
  void whatStoodInTheWayIsMissedWhenItGoes() {
    Cidr block = Cidr.parse("10.66.0.0/26");
    var daemons =
        new RouteMessage(
            RouteKey.main(block, 1024),
            new RouteKind(RouteMessage.TYPE_BLACKHOLE, RouteMessage.SCOPE_GLOBAL, FOREIGN_PROTOCOL),
            new NextHop(0, null, false),
            null);
    assertThat(hand.execute(List.of(Samples.add(daemons)))).isEmpty();
    start(IpVersion.V4);
    Route ours = Route.blackhole(block);
    routes.desired(RouteOwner.LOCAL_BLOCKS).set(ours.id(), ours);
    apply();
    assertThat(hand.routes(version)).contains(daemons);

    hand.execute(List.of(Samples.delete(daemons)));
    hear();
    assertThat(routes.isInDoubt()).isTrue();
    apply();
    assertThat(hand.routes(version))
        .anyMatch(
            route -> route.key().equals(daemons.key()) && !route.kind().equals(daemons.kind()));
    hand.execute(
        hand.routes(version).stream()
            .filter(route -> route.key().equals(daemons.key()))
            .map(Samples::delete)
            .toList());
  }

  private static boolean isOurs(String interfaceName) {
    return interfaceName.startsWith("cali");
  }

  private void hear() {
    interfaces.tell(
        change -> {
          routes.onInterface(change);
          neighbours.onInterface(change);
        });
    for (RtnetlinkEvent event : events.take()) {
      routes.onEvent(event);
      neighbours.onEvent(event);
    }
  }

  /** As the loop does it. */
  private void apply() {
    if (routes.isInDoubt()) {
      routes.queueResync();
    }
    if (neighbours.isInDoubt()) {
      neighbours.queueResync();
    }
    routes.apply();
    neighbours.apply();
  }

  private void want(int n, String mac) {
    var route = Route.onLink(ip(n).toCidr(), "cali1", null);
    routes.desired(RouteOwner.LOCAL_WORKLOADS).set(route.id(), route);
    neighbours.desired().set(new NeighbourKey("cali1", ip(n)), MacAddress.parse(mac));
  }

  private void dislike(int n) {
    routes
        .desired(RouteOwner.LOCAL_WORKLOADS)
        .remove(Route.onLink(ip(n).toCidr(), "cali1", null).id());
    neighbours.desired().remove(new NeighbourKey("cali1", ip(n)));
  }

  private void assertInDoubt(boolean expected) {
    assertThat(routes.isInDoubt()).as("routes").isEqualTo(expected);
    assertThat(neighbours.isInDoubt()).as("neighbours").isEqualTo(expected);
  }

  private void assertDumps(int expected) {
    assertThat(routesNetlink.dumps()).as("dumps of routes").isEqualTo(expected);
    assertThat(neighboursNetlink.dumps()).as("dumps of neighbours").isEqualTo(expected);
  }

  private void assertHeld() {
    assertThat(hand.routes(version)).contains(route(1));
    assertThat(hand.neighbours(table())).contains(neighbour(1, MAC));
  }

  private Ip ip(int n) {
    return switch (version) {
      case V4 -> new Ip(version, 0, 0x0a410000L + n);
      case V6 -> new Ip(version, 0xfd00L << 48, 1L + n);
    };
  }

  private RouteMessage route(int n) {
    return Samples.route(ip(n).toString(), cali1, OUR_PROTOCOL);
  }

  private NeighbourMessage neighbour(int n, String mac) {
    return Samples.neighbour(ip(n).toString(), mac, cali1);
  }

  private NeighbourTable table() {
    return version == IpVersion.V4 ? NeighbourTable.ARP : NeighbourTable.NDP;
  }
}
