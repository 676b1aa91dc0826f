package felix.dataplane.route;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.EventFeed;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.Samples;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * After any history of links, wishes, strangers and faults, one calm moment is enough to have in
 * the kernel just what a naive look at links and wishes says; and then nothing is written any more.
 * Where there were neither strangers nor faults, and it was told of everything, the driver must
 * know without reading anew. Where there were both, and it heard of all events, if late, or that
 * some were lost, it must know when to read.
 */
class RouteDriverHistoriesTest {
  private static final int HISTORIES = 3_000;
  private static final long FIRST_SEED = Long.getLong("test.seed", 1);
  private static final List<String> NAMES = List.of("cali1", "cali2", "cali3", "eth0");

  @Test
  void endsInSync() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      var history = new History(seed);
      try {
        history.run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " after " + history.steps, e);
      }
    }
  }

  private static final class History {
    private final Random random;
    private final StringBuilder steps = new StringBuilder();
    private final IpVersion version;
    private final boolean disturbed;
    private final boolean hearing;
    private final Deque<RtnetlinkEvent> unheard = new ArrayDeque<>();
    private final AtomicLong nanoTime = new AtomicLong();
    private final FakeKernel kernel = new FakeKernel();
    private final Rtnetlink hand = kernel.undisturbed();
    private final InterfaceFeed feed = new InterfaceFeed(hand);
    private final EventFeed events = new EventFeed(kernel, hand);
    private final RouteDriver driver;
    private final Map<Route.RouteId, Route> wishes = new HashMap<>();

    History(long seed) {
      random = new Random(seed);
      version = random.nextBoolean() ? IpVersion.V4 : IpVersion.V6;
      disturbed = random.nextBoolean();
      hearing = random.nextBoolean();
      driver =
          new RouteDriver(
              version,
              new RouteOwnership(3, true, name -> name.startsWith("cali")),
              kernel.netlink().connect(),
              nanoTime::get);
    }

    void run() {
      for (int i = 0; i < 40; i++) {
        step();
      }
      calmMoment();

      assertThat(routesOnWorkloads()).isEqualTo(expected());
      long writes = driver.writes();
      driver.queueResync();
      driver.apply();
      assertThat(driver.writes()).isEqualTo(writes);
    }

    private void calmMoment() {
      kernel.heal();
      feed.tell(driver::onInterface);
      nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
      if (hearing) {
        hear(Integer.MAX_VALUE);
        readIfInDoubt();
      } else if (disturbed) {
        driver.queueResync();
      }
      assertThat(driver.apply()).isNotInstanceOf(Retry.class);
    }

    private void hear(int atMost) {
      unheard.addAll(events.take());
      for (int i = 0; i < atMost && !unheard.isEmpty(); i++) {
        driver.onEvent(unheard.remove());
      }
    }

    private void loseEvents() {
      events.take();
      unheard.clear();
      driver.onEventsLost();
    }

    private void readIfInDoubt() {
      if (driver.isInDoubt()) {
        driver.queueResync();
      }
    }

    private void step() {
      int what = random.nextInt(hearing ? 17 : 14);
      steps.append(what).append(' ');
      switch (what) {
        case 0, 1 -> {
          linkStep();
          if (!disturbed || hearing) {
            feed.tell(this::tellAndPerhapsApply);
          }
        }
        case 2, 3 -> want();
        case 4 -> dislike();
        case 5 -> feed.tell(driver::onInterface);
        case 6 -> nanoTime.addAndGet(Duration.ofSeconds(random.nextInt(8)).toNanos());
        case 7, 8, 9 -> driver.apply();
        case 14 -> hear(random.nextInt(5));
        case 15 -> readIfInDoubt();
        case 16 -> {
          if (random.nextInt(5) == 0) {
            loseEvents();
          }
        }
        default -> {
          if (disturbed) {
            disturb(what);
          }
        }
      }
    }

    private void tellAndPerhapsApply(InterfaceChange change) {
      driver.onInterface(change);
      if (random.nextBoolean()) {
        driver.apply();
      }
    }

    private void disturb(int what) {
      switch (what) {
        case 10 -> stranger();
        case 11 -> kernel.refuse(request -> random.nextInt(3) == 0, Errno.EBUSY);
        case 12 -> kernel.interruptDumps(1);
        default -> kernel.heal();
      }
    }

    private void linkStep() {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      Set<String> there = new HashSet<>(hand.links().stream().map(LinkMessage::name).toList());
      if (!there.contains(name)) {
        kernel.addLink(name);
        kernel.up(name);
        return;
      }
      String other = NAMES.get(random.nextInt(NAMES.size()));
      switch (random.nextInt(5)) {
        case 0 -> kernel.up(name);
        case 1 -> kernel.down(name);
        case 2 -> kernel.loseCarrier(name);
        case 3 -> kernel.delete(name);
        default -> {
          if (!there.contains(other)) {
            kernel.rename(name, other);
          }
        }
      }
    }

    private void want() {
      var route = Route.onLink(destination(), NAMES.get(random.nextInt(3)), null);
      wishes.put(route.id(), route);
      driver.desired(RouteOwner.LOCAL_WORKLOADS).set(route.id(), route);
    }

    private void dislike() {
      if (random.nextInt(10) == 0) {
        wishes.clear();
        driver.desired(RouteOwner.LOCAL_WORKLOADS).replaceAll(wishes);
        return;
      }
      var id = new Route.RouteId(destination(), NAMES.get(random.nextInt(3)));
      wishes.remove(id);
      driver.desired(RouteOwner.LOCAL_WORKLOADS).remove(id);
    }

    private void stranger() {
      List<RouteMessage> routes = hand.routes(version);
      if (!routes.isEmpty() && random.nextBoolean()) {
        hand.execute(List.of(Samples.delete(routes.get(random.nextInt(routes.size())))));
      } else {
        List<LinkMessage> links = hand.links();
        int index = links.get(random.nextInt(links.size())).index();
        hand.execute(
            List.of(
                Samples.replace(
                    Samples.route(destination().toString(), index, 3 + random.nextInt(2)))));
      }
    }

    private Cidr destination() {
      long n = 0x0a000001L + random.nextInt(5);
      return (version == IpVersion.V4 ? new Ip(version, 0, n) : new Ip(version, 0xfd00L << 48, n))
          .toCidr();
    }

    private Map<Cidr, RouteMessage> routesOnWorkloads() {
      var found = new TreeMap<Cidr, RouteMessage>();
      for (RouteMessage route : hand.routes(version)) {
        if (workloadLinks().containsValue(route.hop().linkIndex())) {
          found.put(route.key().destination(), route);
        }
      }
      return found;
    }

    /**
     * Of each destination's wishes the one to the newest interface that is there; if it is up. A
     * link without carrier keeps the routes that it has, but gets no new ones.
     */
    private Map<Cidr, RouteMessage> expected() {
      Map<String, Integer> present = workloadLinks();
      var expected = new TreeMap<Cidr, RouteMessage>();
      var names = new HashMap<Cidr, String>();
      for (Route route : wishes.values()) {
        if (present.containsKey(route.interfaceName())) {
          names.merge(
              route.destination(),
              route.interfaceName(),
              (one, two) ->
                  present.getOrDefault(one, 0) > present.getOrDefault(two, 0) ? one : two);
        }
      }
      for (Cidr destination : names.keySet()) {
        String name = names.getOrDefault(destination, "");
        int index = present.getOrDefault(name, 0);
        RouteMessage there = routesOnWorkloads().get(destination);
        if (isUp(name)) {
          expected.put(destination, Samples.route(destination.toString(), index, 3));
        } else if (there != null && there.hop().linkIndex() == index) {
          expected.put(destination, there);
        }
      }
      return expected;
    }

    private boolean isUp(String name) {
      return hand.links().stream().anyMatch(link -> link.name().equals(name) && link.isOperUp());
    }

    private Map<String, Integer> workloadLinks() {
      var links = new HashMap<String, Integer>();
      for (LinkMessage link : hand.links()) {
        if (link.name().startsWith("cali")) {
          links.put(link.name(), link.index());
        }
      }
      return links;
    }
  }
}
