package felix.packets;

import static felix.packets.OverlayCluster.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Overlay;
import felix.lab.Party;
import felix.lab.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two pools on two nodes: one in tunnels and with NAT towards the outside, one with neither; and
 * addresses that are in use on a node that does not have their block.
 */
@Tag("packets")
class PoolsTest {
  @Nested
  class Vxlan extends Cases {
    Vxlan() {
      super(Overlay.VXLAN);
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
    private static final Workload BARE1 = bare(1);
    private static final Workload BARE2 = bare(2);

    /** An address of node 1's block; the 21st, and in use on node 2. */
    private static final Workload BORROWED =
        new Workload("cali2000020", "172.29.1.20", "02:00:00:00:02:20", null);

    private final OverlayCluster cluster;
    private final Party near;
    private final Party far;
    private final Party router;

    Cases(Overlay overlay) {
      cluster = new OverlayCluster(PoolsTest.class, overlay, 0, 0);
      near = cluster.workload(1, 1);
      far = cluster.workload(2, 1);
      router = cluster.cluster().fabric().router();
    }

    private static Workload bare(int node) {
      return new Workload(
          "cali%d300001".formatted(node),
          "172.30.%d.1".formatted(node),
          "02:00:00:00:30:0" + node,
          null);
    }

    private static Resource barePool(boolean natOutgoing) {
      return Resource.pool(
          "bare",
          "172.30.0.0/16",
          "\"vxlanMode\": \"Never\", \"ipipMode\": \"Never\", \"natOutgoing\": " + natOutgoing);
    }

    @BeforeAll
    void start() {
      cluster.set("FELIX_PROGRAMCLUSTERROUTES", "Enabled");
      List.of(
              barePool(false),
              Resource.block("172.30.1.0/26", "node1"),
              Resource.block("172.30.2.0/26", "node2"),
              Resource.endpoint("node1", BARE1),
              Resource.endpoint("node2", BARE2))
          .forEach(cluster::put);
      cluster.node(1).host().plug(BARE1);
      cluster.node(2).host().plug(BARE2);
      cluster.start("Always", "");
      cluster.awaitTraffic(1, 2);
      // how the outside knows the way to a pool without NAT
      cluster.cluster().fabric().shell().run("ip route add 172.30.1.0/26 via 10.65.0.1");
    }

    @AfterAll
    void close() {
      cluster.close();
    }

    @Test
    void eachPoolHasItsOwnWay() {
      assertThat(cluster.paths(1, near, far)).containsExactly(Path.TUNNEL);
      assertThat(cluster.paths(1, BARE1.party(), BARE2.party())).containsExactly(Path.BARE);
    }

    @Test
    void thePoolOfTheReceiverSaysTheWayAndThereIsNoNatBetweenPools() {
      assertThat(cluster.paths(1, near, BARE2.party())).containsExactly(Path.BARE);
      assertThat(cluster.paths(2, BARE2.party(), near)).containsExactly(Path.TUNNEL);
      assertThat(near.udpTo(BARE2.party(), 4)).is(allOf(near));
      assertThat(BARE2.party().udpTo(near, 4)).is(allOf(BARE2.party()));
    }

    @Test
    void natTowardsTheOutsideIsAsThePoolSaysAtTheTime() {
      var bare = BARE1.party();
      assertThat(near.udpTo(router, 4)).is(allOf(cluster.node(1).party()));
      assertThat(bare.udpTo(router, 4)).is(allOf(bare));

      cluster.put(barePool(true));
      OverlayCluster.await(
          "the address of the node is seen",
          () -> bare.udpTo(router, 4).from().equals(cluster.data(1).ip()));
      cluster.put(barePool(false));
      OverlayCluster.await(
          "the address of the workload is seen",
          () -> bare.udpTo(router, 4).from().equals(bare.ip()));
    }

    @Test
    void anAddressIsReachedOnTheNodeThatBorrowedIt() {
      var borrowed = BORROWED.party();
      cluster.node(2).host().plug(BORROWED);
      cluster.put(Resource.endpoint("node2", BORROWED));
      cluster.put(Resource.block("172.29.1.0/26", "node1", Map.of(20, "node2")));
      OverlayCluster.await("it is reached", () -> near.pings(borrowed));
      assertThat(cluster.paths(1, near, borrowed)).containsExactly(Path.TUNNEL);
      assertThat(cluster.paths(2, borrowed, near)).containsExactly(Path.TUNNEL);
      assertThat(borrowed.tcpTo(near, 1 << 20)).is(allOf(borrowed));
      assertThat(far.udpTo(borrowed, 4)).is(allOf(far));

      cluster.delete(Resource.endpoint("node2", BORROWED));
      cluster.node(2).host().unplug(BORROWED);
      cluster.put(Resource.block("172.29.1.0/26", "node1"));
      OverlayCluster.await(
          "its route is gone",
          () -> !cluster.node(1).shell().run("ip route").contains(BORROWED.ip() + " "));
    }
  }
}
