package felix.packets;

import static felix.packets.OverlayCluster.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Fabric;
import felix.lab.Forger;
import felix.lab.Overlay;
import felix.lab.Party;
import felix.lab.WireFrame;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two nodes, an agent on each, and all traffic of the pool between them in a tunnel. What needs a
 * kernel with IPIP has the tag {@code guest}.
 */
@Tag("packets")
class OverlayTest {
  @Nested
  class Vxlan extends Cases {
    Vxlan() {
      super(Overlay.VXLAN);
    }

    @Test
    void outerPacketsHaveTheNetworksNumberAndTheNodesMacs() {
      try (var wire = cluster.cluster().wire()) {
        assertThat(near.pings(far)).isTrue();
        assertThat(wire.sentBy(cluster.node(1)))
            .extracting(WireFrame::inner)
            .filteredOn(inner -> inner != null)
            .extracting(WireFrame.Inner::vxlan)
            .containsOnly(
                new WireFrame.Vxlan(
                    0x0800_0000, 4096, cluster.data(1).mac(), cluster.data(2).mac()));
      }
    }

    /** An entry for every pair of nodes would be one for each flow, as source ports differ. */
    @Test
    void packetsBetweenNodesAreNotTracked() {
      assertThat(near.pings(far)).isTrue();
      for (var node : cluster.cluster().nodes()) {
        assertThat(node.shell().run("conntrack -L -p icmp 2>&1")).contains(near.ip());
        assertThat(node.shell().run("conntrack -L -p udp --orig-port-dst 4789 2>&1"))
            .doesNotContain("dport=4789");
      }
    }

    @Test
    void theDeviceHasTheNodesParameters() {
      assertThat(cluster.node(1).shell().run("ip -d link show vxlan.calico"))
          .contains("mtu 1450", "vxlan id 4096 ", "local 10.65.0.1 ", "dev eth0 ")
          .contains("dstport 4789 ", "nolearning", cluster.data(1).mac());
    }

    @Test
    void aNodesNewMacIsTakenWithoutARestart() {
      whileNode2Is(
          cluster.data(2).withMac("66:d2:61:74:48:ff"),
          () ->
              OverlayCluster.await(
                  "the new MAC is known",
                  () ->
                      cluster
                          .node(1)
                          .shell()
                          .run("bridge fdb show dev vxlan.calico")
                          .startsWith("66:d2:61:74:48:ff")));
    }

    @Override
    boolean arrives(Forger forger, String outerFrom) {
      return forger.arrivesByVxlan(
          outerFrom, far.ip(), cluster.data(2).mac(), cluster.data(1).mac());
    }

    @Override
    List<String> heldFor(NodeData other) {
      return cluster
          .node(1)
          .shell()
          .run(
              "bridge fdb show dev vxlan.calico; ip neigh show dev vxlan.calico; ip route show dev vxlan.calico")
          .lines()
          .filter(
              line ->
                  Stream.of(other.ip(), other.mac(), other.tunnelIp())
                      .anyMatch(List.of(line.split(" ", -1))::contains))
          .toList();
    }
  }

  @Nested
  @Tag("guest")
  class Ipip extends IpipCases {
    Ipip() {
      super(Overlay.IPIP);
    }
  }

  @Nested
  @Tag("guest")
  class IpipWithBird extends IpipCases {
    IpipWithBird() {
      super(Overlay.IPIP_WITH_BIRD);
    }

    @AfterEach
    void theRouteThatIsNotOursIsStillThere() {
      assertThat(cluster.node(1).shell().run("ip route show proto bird"))
          .contains("172.29.2.0/26 via 10.65.0.2 dev tunl0 onlink");
    }
  }

  abstract static class IpipCases extends Cases {
    IpipCases(Overlay overlay) {
      super(overlay);
    }

    @Test
    void theDeviceHasTheNodesParameters() {
      assertThat(cluster.node(1).shell().run("ip link show tunl0; ip -4 addr show tunl0"))
          .contains("mtu 1480", "UP", "inet 172.29.1.0/32");
    }

    @Override
    List<String> heldFor(NodeData other) {
      var routes = cluster.node(1).shell().run("ip route show dev tunl0");
      var hosts = cluster.node(1).shell().run("ipset list cali40all-hosts-net");
      return Stream.of(routes, hosts)
          .flatMap(String::lines)
          .filter(line -> !line.contains("proto bird"))
          .filter(line -> List.of(line.split(" ", -1)).contains(other.ip()))
          .toList();
    }

    @Override
    boolean arrives(Forger forger, String outerFrom) {
      return forger.arrivesByIpip(outerFrom, far.ip());
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {
    private static final int MEGABYTE = 1 << 20;

    private final Overlay overlay;
    final OverlayCluster cluster;
    final Party near;
    final Party far;
    private final Party near2;
    private final Party far2;

    Cases(Overlay overlay) {
      this.overlay = overlay;
      cluster = new OverlayCluster(OverlayTest.class, overlay, 0, 0);
      near = cluster.workload(1, 1);
      near2 = cluster.workload(1, 2);
      far = cluster.workload(2, 1);
      far2 = cluster.workload(2, 2);
    }

    @BeforeAll
    void start() {
      boolean vxlan = overlay == Overlay.VXLAN;
      cluster.start(
          "Always",
          """
          "vxlanEnabled": %b, "ipipEnabled": %b, "vxlanVNI": 4096, "vxlanPort": 4789, "vxlanMTU": 1450, "ipipMTU": 1480
          """
              .formatted(vxlan, !vxlan));
      cluster.awaitTraffic(1, 2);
    }

    @AfterAll
    void close() {
      cluster.close();
    }

    /** What the kernel of node 1 holds for another node. */
    abstract List<String> heldFor(NodeData other);

    /** Whether a tunnel packet from an address, with one of node 2's workload inside, arrives. */
    abstract boolean arrives(Forger forger, String outerFrom);

    @Test
    void workloadsOfTwoNodesTalkWithoutNat() {
      assertThat(near.tcpTo(far, 5 * MEGABYTE)).is(allOf(near));
      assertThat(far2.tcpTo(near2, 5 * MEGABYTE)).is(allOf(far2));
      assertThat(near.udpTo(far, 4)).is(allOf(near));
      assertThat(far.udpTo(near, 1400)).is(allOf(far));
    }

    @Test
    void workloadsOfOneNodeTalkWithoutNatAndWithoutTheFabric() {
      try (var wire = cluster.cluster().wire()) {
        assertThat(near.udpTo(near2, 4)).is(allOf(near));
        assertThat(wire.sentBy(cluster.node(1)))
            .noneMatch(frame -> frame.carries(near.ip(), near2.ip()));
      }
    }

    @Test
    void aPacketGoesUpToTheTunnelsMtu() {
      int mtuBytes = overlay.mtuBytes();
      assertThat(near.pings(far, mtuBytes)).isTrue();
      assertThat(near2.pings(far2, mtuBytes)).isTrue();
      assertThat(near2.pings(far2, mtuBytes + 1)).isFalse();
    }

    @Test
    void nothingBetweenNodesIsOutsideOfTheTunnel() {
      try (var wire = cluster.cluster().wire()) {
        assertThat(near.tcpTo(far, MEGABYTE)).is(allOf(near));
        assertThat(far2.udpTo(near2, 1400)).is(allOf(far2));
        for (int n : List.of(1, 2)) {
          var own = cluster.data(n).ip();
          var other = cluster.data(3 - n).ip();
          assertThat(wire.sentBy(cluster.node(n)))
              .noneMatch(frame -> frame.from().startsWith("172.29."))
              .noneMatch(frame -> frame.to().startsWith("172.29."))
              .filteredOn(WireFrame::isTunnelled)
              .hasSizeGreaterThan(10)
              .allMatch(frame -> frame.from().equals(own) && frame.to().equals(other))
              .anyMatch(
                  frame ->
                      n == 1
                          ? frame.carries(near.ip(), far.ip())
                          : frame.carries(far.ip(), near.ip()));
        }
      }
    }

    @Test
    void outsideOfThePoolAWorkloadHasItsNodesAddress() {
      assertThat(near.udpTo(cluster.cluster().fabric().router(), 4))
          .is(allOf(cluster.node(1).party()));
      assertThat(near.udpTo(cluster.node(2).party(), 4)).is(allOf(cluster.node(1).party()));
    }

    @Test
    void theHostHasTheTunnelsAddressForWorkloadsElsewhere() {
      var heard = cluster.node(1).party().udpTo(far, 4);
      assertThat(heard.from()).isEqualTo(cluster.data(1).tunnelIp());
      assertThat(heard.whole()).isTrue();
    }

    @Test
    void tunnelPacketsAreTakenFromNodesOnly() {
      assertOnlyNodesAreLetIn();
    }

    private void assertOnlyNodesAreLetIn() {
      try (var forger = forger()) {
        assertThat(arrives(forger, cluster.data(2).ip())).isTrue();
        assertThat(arrives(forger, Fabric.STRANGER)).isFalse();
      }
    }

    @Test
    void workloadsDoNotNoticeTheDeathAndReturnOfAnAgent() {
      try (var there = near.keepsPinging(far);
          var back = far2.keepsPinging(near2)) {
        cluster.node(1).agent().kill();
        assertThat(near.pings(far)).isTrue();
        cluster.node(1).startAgent().awaitReady();
        assertThat(far.pings(near)).isTrue();
        assertThat(there.lost()).isLessThanOrEqualTo(1);
        assertThat(back.lost()).isLessThanOrEqualTo(1);
      }
      assertOnlyNodesAreLetIn();
    }

    @Test
    void aNodeThatLeavesIsForgottenAndMayComeBack() {
      var other = cluster.data(2);
      assertThat(heldFor(other)).isNotEmpty();
      try (var forger = forger()) {
        cluster.delete(other.resource());
        OverlayCluster.await("nothing is held for it", () -> heldFor(other).isEmpty());
        OverlayCluster.await("its packets are dropped", () -> !arrives(forger, other.ip()));
        cluster.put(other.resource());
        OverlayCluster.await("its packets are taken", () -> arrives(forger, other.ip()));
      }
      cluster.awaitTraffic(1, 2);
      assertThat(heldFor(other)).isNotEmpty();
    }

    @Test
    void aNodesNewTunnelAddressIsTakenWithoutARestart() {
      whileNode2Is(
          cluster.data(2).withTunnelIp("172.29.2.63"),
          () ->
              OverlayCluster.await(
                  "the host speaks from its new address",
                  () -> cluster.node(2).party().udpTo(near, 4).from().equals("172.29.2.63")));
    }

    @Test
    void aNodesNewHostAddressIsTakenWithoutARestart() {
      var changed = cluster.data(2).withAddress("10.65.0.12/24");
      cluster.node(2).shell().run("ip addr add 10.65.0.12/24 dev eth0");
      whileNode2Is(
          changed,
          () -> {
            OverlayCluster.await(
                "packets between the new addresses",
                () ->
                    outerAddresses(1).equals(Set.of("10.65.0.1 10.65.0.12"))
                        && outerAddresses(2).equals(Set.of("10.65.0.12 10.65.0.1")));
            try (var forger = forger()) {
              assertThat(arrives(forger, cluster.data(2).ip())).isFalse();
            }
          });
      cluster.node(2).shell().run("ip addr del 10.65.0.12/24 dev eth0");
      cluster.awaitTraffic(1, 2);
    }

    private Set<String> outerAddresses(int node) {
      try (var wire = cluster.cluster().wire()) {
        near.pings(far);
        return wire.sentBy(cluster.node(node)).stream()
            .filter(WireFrame::isTunnelled)
            .map(frame -> frame.from() + " " + frame.to())
            .collect(Collectors.toSet());
      }
    }

    /** Tries something while etcd says something else of node 2; both agents run on meanwhile. */
    void whileNode2Is(NodeData changed, Runnable then) {
      node2Is(changed);
      try {
        then.run();
        cluster.awaitTraffic(1, 2);
      } finally {
        node2Is(cluster.data(2));
      }
      cluster.awaitTraffic(1, 2);
      cluster.cluster().nodes().forEach(node -> node.agent().mustBeAlive());
    }

    /** For etcd, for BIRD, and for the kernel, which chooses where IPIP packets come from. */
    private void node2Is(NodeData now) {
      cluster.put(now.resource());
      cluster.addBirdsRoutesTo(2, now);
      var route = "ip route change 10.65.0.0/24 dev eth0 proto kernel scope link src ";
      cluster.node(2).shell().run(route + now.ip());
    }

    private Forger forger() {
      return new Forger(cluster.node(1), cluster.node(1).workload(1));
    }
  }
}
