package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel reports of routes and neighbours, and the fake one alike. */
abstract class EventsContract {
  private Lab lab;
  private Rtnetlink netlink;
  private int cali1;
  private int cali2;

  abstract Lab lab();

  @BeforeEach
  void twoLinks() {
    lab = lab();
    netlink = lab.netlink().connect();
    cali1 = lab.addLink("cali1");
    cali2 = lab.addLink("cali2");
    lab.up("cali1");
    lab.up("cali2");
  }

  @AfterEach
  void close() {
    netlink.close();
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void eventsTellOfEveryWriteToRoutes(IpVersion version) {
    RouteMessage first = Samples.route(ipOf(version), cali1, 3);
    RouteMessage second = Samples.route(ipOf(version), cali2, 80);
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of(version))) {
      execute(Samples.add(first), Samples.replace(second), Samples.delete(second));

      assertThat(until(events, new RtnetlinkEvent(second, true)))
          .filteredOn(event -> isRouteTo(event, first.key()))
          .containsExactly(
              new RtnetlinkEvent(first, false),
              new RtnetlinkEvent(second, false),
              new RtnetlinkEvent(second, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eventsTellOfEveryWriteToNeighbours(IpVersion version) {
    NeighbourMessage first = Samples.neighbour(ipOf(version), "02:00:00:00:00:01", cali1);
    NeighbourMessage second = Samples.neighbour(ipOf(version), "02:00:00:00:00:02", cali1);
    var failed =
        new NeighbourMessage(
            first.table(), cali1, NeighbourMessage.STATE_FAILED, 0, first.address(), null);
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of())) {
      execute(Samples.add(first), Samples.replace(second), Samples.delete(second));

      assertThat(until(events, new RtnetlinkEvent(failed, true)))
          .filteredOn(event -> isNeighbour(event, first.address()))
          .containsExactly(
              new RtnetlinkEvent(first, false),
              new RtnetlinkEvent(second, false),
              new RtnetlinkEvent(failed, false),
              new RtnetlinkEvent(failed, true));
    }
  }

  /** But not of IPv4 routes. */
  @Test
  void eventsTellWhatGoesWithALinkThatGoesDown() {
    NeighbourMessage neighbour = Samples.neighbour("10.0.0.1", "02:00:00:00:00:01", cali1);
    RouteMessage v4 = Samples.route("10.0.0.1/32", cali1);
    RouteMessage v6 = Samples.route("fd00::1/128", cali1);
    execute(Samples.add(neighbour), Samples.add(v4), Samples.add(v6));
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of(IpVersion.V4, IpVersion.V6))) {
      lab.down("cali1");

      assertThat(until(events, new RtnetlinkEvent(v6, true)))
          .contains(new RtnetlinkEvent(neighbour, true))
          .noneMatch(event -> event.object().equals(v4));
    }
  }

  @Test
  void routesOfAFamilyThatNobodyAskedForAreNotReported() {
    RouteMessage v4 = Samples.route("10.0.0.1/32", cali1);
    RouteMessage v6 = Samples.route("fd00::1/128", cali1);
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of(IpVersion.V4))) {
      execute(Samples.add(v6), Samples.add(v4));

      assertThat(until(events, new RtnetlinkEvent(v4, false)))
          .noneMatch(event -> event.object().equals(v6));
    }
  }

  /** All events up to this one. */
  private static List<RtnetlinkEvent> until(RtnetlinkEvents events, RtnetlinkEvent last) {
    var seen = new ArrayList<RtnetlinkEvent>();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!seen.contains(last)) {
      assertThat(System.nanoTime()).as("%s not in %s", last, seen).isLessThan(deadline);
      if (events.receive() instanceof RtnetlinkEvents.Happened happened) {
        seen.addAll(happened.events());
      }
    }
    return seen;
  }

  private void execute(Request... requests) {
    assertThat(netlink.execute(List.of(requests))).isEmpty();
  }

  private static String ipOf(IpVersion version) {
    return switch (version) {
      case V4 -> "10.0.0.1";
      case V6 -> "fd00::1";
    };
  }

  private static boolean isRouteTo(RtnetlinkEvent event, RouteKey key) {
    return event.object() instanceof RouteMessage route && route.key().equals(key);
  }

  private static boolean isNeighbour(RtnetlinkEvent event, @Nullable Ip address) {
    return event.object() instanceof NeighbourMessage neighbour
        && Objects.equals(neighbour.address(), address);
  }
}
