package felix.packets;

import static felix.packets.OverlayCluster.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Overlay;
import felix.lab.Party;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Nodes 1 and 2 are in one subnet, node 3 is behind a router. The agents write all routes, and find
 * out by themselves which tunnels there must be and what fits into them.
 */
@Tag("packets")
class CrossSubnetTest {
  @Nested
  class Vxlan extends Cases {
    Vxlan() {
      super(Overlay.VXLAN);
    }

    @Test
    void aPoolThatNeedsNoTunnelTakesTheDeviceAway() {
      whileThePoolIs("Never", () -> awaitNoDevice());
    }

    /** A setting is taken by a new process. */
    @Test
    void whatIsSwitchedOffInTheConfigurationIsSwept() {
      cluster.put(Resource.felixConfiguration("\"vxlanEnabled\": false"));
      cluster.cluster().awaitRestarts();
      awaitNoDevice();

      cluster.put(Resource.felixConfiguration(""));
      cluster.cluster().awaitRestarts();
      cluster.awaitTraffic(1, 3);
      assertThat(cluster.paths(1, 3)).containsExactly(Path.TUNNEL);
    }

    private void awaitNoDevice() {
      var shells = cluster.cluster().nodes();
      OverlayCluster.await(
          "the device is gone",
          () ->
              shells.stream()
                  .noneMatch(node -> node.shell().run("ip -o link show").contains("vxlan.calico")));
    }
  }

  @Nested
  @Tag("guest")
  class Ipip extends Cases {
    Ipip() {
      super(Overlay.IPIP);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {
    private static final int MEGABYTE = 1 << 20;

    final OverlayCluster cluster;
    private final Overlay overlay;
    private final Party near;

    Cases(Overlay overlay) {
      this.overlay = overlay;
      cluster = new OverlayCluster(CrossSubnetTest.class, overlay, 0, 0, 1);
      near = cluster.workload(1, 1);
    }

    @BeforeAll
    void start() {
      cluster.set("FELIX_PROGRAMCLUSTERROUTES", "Enabled");
      cluster.set("FELIX_VXLANMTU", "0");
      cluster.set("FELIX_IPINIPMTU", "0");
      cluster.start("CrossSubnet", "");
      cluster.awaitTraffic(1, 2);
      cluster.awaitTraffic(1, 3);
    }

    @AfterAll
    void close() {
      cluster.close();
    }

    @Test
    void packetsGoBareInOneSubnetAndInTheTunnelToAnother() {
      assertThat(cluster.paths(1, 2)).containsExactly(Path.BARE);
      assertThat(cluster.paths(2, 1)).containsExactly(Path.BARE);
      assertThat(cluster.paths(1, 3)).containsExactly(Path.TUNNEL);
      assertThat(cluster.paths(3, 1)).containsExactly(Path.TUNNEL);
    }

    @Test
    void connectionsAreWholeOnBothWays() {
      for (int other : List.of(2, 3)) {
        var far = cluster.workload(other, 2);
        assertThat(near.tcpTo(far, 5 * MEGABYTE)).is(allOf(near));
        assertThat(far.udpTo(near, 1400)).is(allOf(far));
      }
    }

    @Test
    void theTunnelsMtuIsWhatTheFabricLeaves() {
      assertThat(cluster.node(1).shell().run("ip link show " + overlay.device()))
          .contains("mtu " + overlay.mtuBytes());
    }

    /** The prefix length of its own address is what a node knows of its subnet. */
    @Test
    void aNodeThatKnowsNoSubnetUsesTheTunnelForAll() {
      cluster.put(cluster.data(1).withAddress("10.65.0.1/32").resource());
      awaitPath(1, 2, Path.TUNNEL);
      assertThat(cluster.paths(2, 1)).containsExactly(Path.BARE);

      cluster.put(cluster.data(1).resource());
      awaitPath(1, 2, Path.BARE);
    }

    @Test
    void thePoolsModeChangesLive() {
      whileThePoolIs(
          "Always",
          () -> {
            awaitPath(1, 2, Path.TUNNEL);
            awaitPath(2, 1, Path.TUNNEL);
            assertNothingIsLost(2);
            assertNothingIsLost(3);
          });
      awaitPath(1, 2, Path.BARE);
      awaitPath(2, 1, Path.BARE);
      assertNothingIsLost(2);
      assertNothingIsLost(3);
      whileThePoolIs(
          "Never",
          () -> {
            awaitPath(1, 2, Path.BARE);
            awaitPath(2, 1, Path.BARE);
            assertNothingIsLost(2);
          });
      assertNothingIsLost(3);
    }

    /** Afterwards all is as it was. */
    void whileThePoolIs(String mode, Runnable then) {
      cluster.put(cluster.pool(mode));
      try {
        then.run();
      } finally {
        cluster.put(cluster.pool("CrossSubnet"));
      }
      cluster.awaitTraffic(1, 2);
      cluster.awaitTraffic(1, 3);
      cluster.cluster().nodes().forEach(node -> node.agent().mustBeAlive());
    }

    private void awaitPath(int from, int to, Path path) {
      OverlayCluster.await(
          "packets from node %d to node %d: %s".formatted(from, to, path),
          () -> cluster.paths(from, to).equals(List.of(path)));
    }

    /** As soon as both nodes have come to rest. */
    private void assertNothingIsLost(int other) {
      cluster.awaitTraffic(1, other);
      var far = cluster.workload(other, 1);
      try (var pinging = near.keepsPinging(far)) {
        assertThat(far.pings(near)).isTrue();
        assertThat(pinging.lost()).isZero();
      }
    }
  }
}
