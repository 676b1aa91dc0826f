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
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the route driver does to a kernel, real or fake. */
abstract class RouteDriverContract {
  private static final int OUR_PROTOCOL = 3;
  private static final int FOREIGN_PROTOCOL = 80;

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
    start(IpVersion.V4, true);
  }

  @AfterEach
  void closeLab() {
    hand.close();
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void routeIsWrittenOnceItsInterfaceIsUp(IpVersion family) {
    start(family);
    want(1, "cali1");
    assertThat(apply()).isInstanceOf(NotReady.class);

    int cali1 = lab.addLink("cali1");
    assertThat(apply()).isInstanceOf(NotReady.class);
    assertThat(driver.writes()).isZero();

    lab.up("cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(1)).containsExactly(ours(1, cali1));
    assertThat(driver.writes()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWrittenTwice(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1");
    apply();

    want(1, "cali1");
    driver.queueResync();
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void restartWritesNothing(IpVersion family) {
    start(family);
    upLink("cali1");
    upLink("cali2");
    want(1, "cali1");
    want(2, "cali2");
    apply();

    start(family);
    want(1, "cali1");
    want(2, "cali2");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void restartWritesNothingEvenIfToldOfInterfacesLate(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1");
    apply();

    start(family);
    want(1, "cali1");
    assertThat(driver.apply()).isInstanceOf(NotReady.class);
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void routeDeletedByHandComesBackOnResync(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    want(1, "cali1");
    apply();

    hand.execute(List.of(Samples.delete(ours(1, cali1))));
    driver.queueResync();
    apply();

    assertThat(to(1)).containsExactly(ours(1, cali1));
  }

  @ParameterizedTest
  @EnumSource
  void routeChangedByHandIsRepairedOnResync(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    int eth9 = upLink("eth9");
    want(1, "cali1");
    want(2, "cali1");
    want(3, "cali1");
    apply();

    hand.execute(
        List.of(
            Samples.replace(Samples.route(ip(1).toString(), eth9)),
            Samples.replace(Samples.route(ip(2).toString(), cali1, FOREIGN_PROTOCOL)),
            Samples.replace(blackhole(3))));
    driver.queueResync();
    apply();

    assertThat(to(1)).containsExactly(ours(1, cali1));
    assertThat(to(2)).containsExactly(ours(2, cali1));
    assertThat(to(3)).containsExactly(ours(3, cali1));
    assertThat(driver.writes()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void routeThatNobodyWantsAnyMoreIsRemovedAtOnce(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1");
    want(2, "cali1");
    apply();

    dislike(1, "cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(to(1)).isEmpty();
    assertThat(to(2)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void unexpectedRouteIsRemovedButNotFromAYoungInterface(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    hand.execute(List.of(Samples.add(Samples.route(ip(9).toString(), cali1, FOREIGN_PROTOCOL))));
    apply();
    assertThat(to(9)).hasSize(1);

    graceIsOver();
    apply();
    assertThat(to(9)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void externalRoutesMayStayWhereThatIsWanted(IpVersion family) {
    start(family, false);
    int cali1 = upLink("cali1");
    hand.execute(
        List.of(
            Samples.add(Samples.route(ip(8).toString(), cali1, OUR_PROTOCOL)),
            Samples.add(Samples.route(ip(9).toString(), cali1, FOREIGN_PROTOCOL))));
    apply();
    graceIsOver();
    apply();

    assertThat(to(8)).isEmpty();
    assertThat(to(9)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void otherRoutesAreLeftAlone(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    int eth9 = upLink("eth9");
    lab.addAddress("cali1", family == IpVersion.V4 ? "10.9.0.1/24" : "fd09::1/64");
    RouteMessage elsewhere = Samples.route(ip(8).toString(), eth9);
    RouteMessage plain = Samples.route(ip(9).toString(), cali1);
    var otherTable =
        new RouteMessage(
            new RouteKey(
                1000, plain.key().destination(), plain.key().source(), 0, plain.key().metric()),
            plain.kind(),
            plain.hop(),
            null);
    hand.execute(List.of(Samples.add(elsewhere), Samples.add(otherTable)));
    apply();
    graceIsOver();
    List<RouteMessage> before = hand.routes(family);

    driver.queueResync();
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(before).contains(elsewhere, otherTable);
    assertThat(hand.routes(family)).isEqualTo(before);
    assertThat(driver.writes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void destinationMovesToAnotherInterfaceInOneStep(IpVersion family) {
    start(family);
    upLink("cali1");
    int cali2 = upLink("cali2");
    want(1, "cali1");
    apply();

    dislike(1, "cali1");
    want(1, "cali2");
    apply();

    assertThat(to(1)).containsExactly(ours(1, cali2));
    assertThat(driver.writes()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoClaimsThatOfTheNewerInterfaceWinsAndTheOtherInherits(IpVersion family) {
    start(family);
    int cali2 = upLink("cali2");
    int cali1 = upLink("cali1");
    want(1, "cali1");
    apply();
    want(1, "cali2");
    apply();
    assertThat(to(1)).containsExactly(ours(1, cali1));

    dislike(1, "cali1");
    apply();
    assertThat(to(1)).containsExactly(ours(1, cali2));
  }

  @ParameterizedTest
  @EnumSource
  void claimOfAnInterfaceThatIsNotThereStandsInNobodysWay(IpVersion family) {
    start(family);
    int cali2 = upLink("cali2");
    want(1, "cali1");
    want(1, "cali2");
    apply();
    assertThat(to(1)).containsExactly(ours(1, cali2));

    int cali1 = upLink("cali1");
    apply();
    assertThat(to(1)).containsExactly(ours(1, cali1));

    lab.delete("cali1");
    apply();
    assertThat(to(1)).containsExactly(ours(1, cali2));
  }

  @ParameterizedTest
  @EnumSource
  void routeComesBackWithItsInterface(IpVersion family) {
    start(family);
    int cali1 = upLink("cali1");
    want(1, "cali1");
    apply();

    lab.down("cali1");
    assertThat(apply()).isInstanceOf(NotReady.class);
    lab.up("cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(to(1)).containsExactly(ours(1, cali1));
  }

  @ParameterizedTest
  @EnumSource
  void routeStaysWhileTheCarrierIsLost(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1");
    apply();
    graceIsOver();

    lab.loseCarrier("cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(to(1)).hasSize(1);
    assertThat(driver.writes()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void routeFollowsAnInterfaceMadeAnew(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1");
    apply();

    lab.delete("cali1");
    int again = upLink("cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(to(1)).containsExactly(ours(1, again));
  }

  @ParameterizedTest
  @EnumSource
  void interfaceThatGoesTakesItsRoutesWithoutAWrite(IpVersion family) {
    start(family);
    upLink("cali1");
    want(1, "cali1");
    apply();

    lab.delete("cali1");
    assertThat(apply()).isInstanceOf(NotReady.class);
    dislike(1, "cali1");
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(driver.writes()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void renamedInterfaceKeepsOnlyWhatItsNewNameIsWantedFor(IpVersion family) {
    start(family);
    int index = upLink("cali1");
    want(1, "cali1");
    want(2, "cali1");
    want(2, "cali2");
    apply();

    lab.rename("cali1", "cali2");
    apply();
    graceIsOver();
    apply();

    assertThat(to(1)).isEmpty();
    assertThat(to(2)).containsExactly(ours(2, index));
  }

  @Test
  void sourceIsPutOnTheRoute() {
    int cali1 = upLink("cali1");
    lab.addAddress("cali1", "10.9.0.1/32");
    var route = Route.onLink(ip(1).toCidr(), "cali1", Ip.parse("10.9.0.1"));
    driver.desired(RouteOwner.LOCAL_WORKLOADS).set(route.id(), route);
    apply();

    RouteMessage plain = ours(1, cali1);
    assertThat(to(1))
        .containsExactly(
            new RouteMessage(plain.key(), plain.kind(), plain.hop(), Ip.parse("10.9.0.1")));
  }

  @Test
  void tenThousandRoutesAreWrittenOnceAndRemoved() {
    upLink("cali1");
    IntStream.range(0, 10_000).forEach(i -> want(i, "cali1"));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isEqualTo(10_000);

    start(IpVersion.V4);
    IntStream.range(0, 10_000).forEach(i -> want(i, "cali1"));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.writes()).isZero();

    IntStream.range(0, 10_000).forEach(i -> dislike(i, "cali1"));
    assertThat(apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(to(0)).isEmpty();
    assertThat(driver.writes()).isEqualTo(10_000);
  }

  /** Another process, for a family. */
  private void start(IpVersion family) {
    start(family, true);
  }

  private void start(IpVersion family, boolean removeExternal) {
    version = family;
    feed = new InterfaceFeed(hand);
    driver =
        new RouteDriver(
            family,
            new RouteOwnership(OUR_PROTOCOL, removeExternal, name -> name.startsWith("cali")),
            lab.netlink().connect(),
            nanoTime::get);
  }

  private ApplyOutcome apply() {
    feed.tell(driver::onInterface);
    return driver.apply();
  }

  private void graceIsOver() {
    nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
  }

  private int upLink(String name) {
    int index = lab.addLink(name);
    lab.up(name);
    return index;
  }

  private void want(int n, String interfaceName) {
    var route = Route.onLink(ip(n).toCidr(), interfaceName, null);
    driver.desired(RouteOwner.LOCAL_WORKLOADS).set(route.id(), route);
  }

  private void dislike(int n, String interfaceName) {
    driver
        .desired(RouteOwner.LOCAL_WORKLOADS)
        .remove(Route.onLink(ip(n).toCidr(), interfaceName, null).id());
  }

  private Ip ip(int n) {
    return switch (version) {
      case V4 -> new Ip(version, 0, 0x0a410000L + n);
      case V6 -> new Ip(version, 0xfd00_0000_0000_0000L, n);
    };
  }

  private RouteMessage ours(int n, int linkIndex) {
    return Samples.route(ip(n).toString(), linkIndex, OUR_PROTOCOL);
  }

  private RouteMessage blackhole(int n) {
    RouteMessage plain = ours(n, 0);
    return new RouteMessage(
        plain.key(),
        new RouteKind(RouteMessage.TYPE_BLACKHOLE, RouteMessage.SCOPE_GLOBAL, FOREIGN_PROTOCOL),
        new NextHop(0, null, false),
        null);
  }

  private List<RouteMessage> to(int n) {
    Cidr destination = ip(n).toCidr();
    return hand.routes(version).stream()
        .filter(route -> route.key().destination().equals(destination))
        .toList();
  }
}
