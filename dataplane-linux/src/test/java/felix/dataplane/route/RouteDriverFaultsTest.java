package felix.dataplane.route;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.Samples;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a kernel in memory can be made to do. */
class RouteDriverFaultsTest {
  private static final Errno EIO = new Errno(5);

  private final AtomicLong nanoTime = new AtomicLong();
  private final FakeKernel kernel = new FakeKernel();
  private final Rtnetlink hand = kernel.undisturbed();
  private final InterfaceFeed feed = new InterfaceFeed(hand);
  private final RouteDriver driver =
      new RouteDriver(
          IpVersion.V4,
          new RouteOwnership(3, true, name -> name.startsWith("cali")),
          kernel.netlink().connect(),
          nanoTime::get);

  @BeforeEach
  void twoRoutesAreWanted() {
    kernel.addLink("cali1");
    kernel.up("cali1");
    want("10.0.0.1");
    want("10.0.0.2");
    feed.tell(driver::onInterface);
  }

  @Test
  void refusedRouteHindersNoOther() {
    kernel.refuse(to("10.0.0.1"), EIO);

    assertThat(driver.apply())
        .isInstanceOfSatisfying(
            Partly.class, partly -> assertThat(partly.cause()).hasMessageContaining("10.0.0.1"));
    assertThat(destinations()).containsExactly("10.0.0.2/32");
  }

  @Test
  void refusedRouteRestsBeforeItIsTriedAgain() {
    kernel.refuse(to("10.0.0.1"), EIO);
    Partly first = (Partly) driver.apply();
    long writes = driver.writes();

    want("10.0.0.3");
    driver.apply();
    assertThat(driver.writes()).isEqualTo(writes + 1);

    kernel.heal();
    passes(first.after());
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(destinations()).containsExactly("10.0.0.1/32", "10.0.0.2/32", "10.0.0.3/32");
  }

  @Test
  void pausesGrowWhileTheKernelKeepsRefusing() {
    kernel.refuse(to("10.0.0.1"), EIO);
    Partly first = (Partly) driver.apply();
    passes(first.after());
    Partly second = (Partly) driver.apply();

    assertThat(second.after()).isGreaterThan(first.after());
  }

  @Test
  void newWishIsTriedAtOnceThoughTheOldOneWasRefused() {
    kernel.refuse(to("10.0.0.1"), EIO);
    driver.apply();
    kernel.heal();

    kernel.addAddress("cali1", "10.9.0.1/32");
    var other = Route.onLink(Cidr.parse("10.0.0.1"), "cali1", Ip.parse("10.9.0.1"));
    driver.desired(RouteOwner.LOCAL_WORKLOADS).set(other.id(), other);

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void interruptedListingIsRetried() {
    kernel.interruptDumps(1);

    assertThat(driver.apply()).isInstanceOf(Retry.class);
    assertThat(driver.writes()).isZero();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void routeThatVanishedBeforeItsRemovalIsAsGoodAsRemoved() {
    driver.apply();
    hand.execute(List.of(Samples.delete(hand.routes(IpVersion.V4).getFirst())));

    driver.desired(RouteOwner.LOCAL_WORKLOADS).replaceAll(Map.of());

    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(destinations()).isEmpty();
  }

  @Test
  void linkThatWentDownUnheardOfIsWaitedFor() {
    kernel.down("cali1");

    assertThat(driver.apply()).isInstanceOf(Partly.class);

    kernel.up("cali1");
    feed.tell(driver::onInterface);
    passes(Duration.ofSeconds(1));
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(destinations()).containsExactly("10.0.0.1/32", "10.0.0.2/32");
  }

  private void want(String destination) {
    var route = Route.onLink(Cidr.parse(destination), "cali1", null);
    driver.desired(RouteOwner.LOCAL_WORKLOADS).set(route.id(), route);
  }

  private void passes(Duration duration) {
    nanoTime.addAndGet(duration.toNanos());
  }

  private List<String> destinations() {
    return hand.routes(IpVersion.V4).stream()
        .map(route -> route.key().destination().toString())
        .toList();
  }

  private static Predicate<Request> to(String destination) {
    return request ->
        request.object() instanceof RouteMessage route
            && route.key().destination().equals(Cidr.parse(destination));
  }
}
