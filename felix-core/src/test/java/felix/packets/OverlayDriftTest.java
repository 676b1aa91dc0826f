package felix.packets;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Figures;
import felix.lab.Lab;
import felix.lab.Overlay;
import felix.lab.Workload;
import felix.lab.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody else takes away from the kernel comes back by the kernel's own event: all timers
 * are set to hours.
 */
@Tag("packets")
class OverlayDriftTest {
  @Nested
  class Vxlan extends Cases {
    Vxlan() {
      super(Overlay.VXLAN);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ip link del vxlan.calico",
          "ip link set vxlan.calico mtu 1400",
          "ip link set vxlan.calico down",
          "ip link set vxlan.calico address 66:00:00:00:00:09",
          "ip -4 addr flush dev vxlan.calico",
          "ip addr add 198.51.100.1/32 dev vxlan.calico",
          "ip route del 172.29.2.0/26",
          "ip route replace 172.29.2.0/26 via 172.29.3.0 dev vxlan.calico onlink",
          "ip route del blackhole 172.29.1.0/26",
          "bridge fdb del 66:d2:61:74:48:02 dev vxlan.calico dst 10.65.0.2 self",
          "bridge fdb replace 66:d2:61:74:48:02 dev vxlan.calico dst 10.65.0.9 self permanent",
          "bridge fdb add 66:d2:61:74:48:09 dev vxlan.calico dst 10.65.0.9 self permanent",
          "ip neigh del 172.29.2.0 dev vxlan.calico",
          "ip neigh replace 172.29.2.0 lladdr 66:00:00:00:00:09 dev vxlan.calico nud permanent",
          "ip route del 172.29.1.1",
          "ip neigh del 172.29.1.1 dev cali0000001"
        })
    void whatWasTakenAwayComesBackByItsEvent(String command) {
      assertComesBack(command);
    }
  }

  @Nested
  @Tag("guest")
  class Ipip extends Cases {
    Ipip() {
      super(Overlay.IPIP);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ip link set tunl0 mtu 1400",
          "ip link set tunl0 down",
          "ip -4 addr flush dev tunl0",
          "ip addr add 198.51.100.1/32 dev tunl0",
          "ip route del 172.29.2.0/26",
          "ip route del blackhole 172.29.1.0/26"
        })
    void whatWasTakenAwayComesBackByItsEvent(String command) {
      assertComesBack(command);
    }
  }

  abstract static class Cases extends OneLab {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String HOURS = "10800";

    /** Without what no two devices of one name share, or changes by itself. */
    private static final String STATE =
        """
        for kind in vxlan ipip; do ip -o -d link show type $kind; done | sed 's/^[0-9]*: //'
        for device in vxlan.calico tunl0; do ip -o -4 addr show dev $device; done 2>/dev/null | sed 's/^[0-9]*: //'
        bridge fdb show dev vxlan.calico 2>/dev/null | sort
        ip neigh show nud permanent | sort
        ip route
        """;

    private final Overlay overlay;
    private final Figures figures;
    private String settled = "";

    Cases(Overlay overlay) {
      super(Backend.LEGACY);
      this.overlay = overlay;
      figures = new Figures(OverlayDriftTest.class);
    }

    @Override
    void prepare() {
      for (var interval : List.of("IPTABLES", "IPSETS", "ROUTE", "INTERFACE")) {
        lab.set("FELIX_" + interval + "REFRESHINTERVAL", HOURS);
      }
      lab.set("FELIX_PROGRAMCLUSTERROUTES", "Enabled");
      lab.load(state());
    }

    @BeforeAll
    void awaitRoutes() {
      Await.until("the route to node2", LIMIT, () -> state(lab).contains("172.29.2.0/26 via "));
      lab.settle();
      settled = state(lab);
    }

    private World.State state() {
      var workload = Workload.ipv4(1);
      var mode = overlay == Overlay.VXLAN ? "vxlanMode" : "ipipMode";
      var nodes = List.of(NodeData.of(1, "10.65.0.1"), NodeData.of(2, "10.65.0.2"));
      var resources =
          Stream.concat(
              nodes.stream().map(NodeData::resource),
              Stream.of(
                  Resource.CLUSTER,
                  Resource.PROFILE,
                  Resource.pool("pool", OverlayCluster.POOL, "\"%s\": \"Always\"".formatted(mode)),
                  Resource.block("172.29.1.0/26", "node1"),
                  Resource.block("172.29.2.0/26", "node2"),
                  Resource.endpoint("node1", workload)));
      return new World.State(Resource.map(resources), List.of(workload), List.of(), Set.of());
    }

    private static String state(Lab lab) {
      return lab.node().shell().run(STATE);
    }

    void assertComesBack(String command) {
      lab.node().shell().run(command);
      long start = System.nanoTime();
      Await.until(
          "the kernel is as it was before " + command, LIMIT, () -> state(lab).equals(settled));
      figures.add(command, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
