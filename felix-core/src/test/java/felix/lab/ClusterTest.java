package felix.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A cluster without agents: a tunnel made by hand must be seen for what it is, and so must its
 * faults, or the verdicts of all other tests mean nothing.
 */
@Tag("packets")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
  private static final String HIDDEN = "198.18.0.1";

  private final Cluster cluster = new Cluster("ClusterTest", 0, 0);
  private final Party near = cluster.node(1).workload(1).party();
  private final Party far = cluster.node(2).workload(1).party();

  @BeforeAll
  void makeTunnel() {
    for (int n : List.of(1, 2)) {
      var workload = cluster.node(n).workload(1);
      cluster.node(n).host().plug(workload);
      cluster
          .node(n)
          .shell()
          .run(
              """
              set -e
              ip route add %1$s dev %2$s
              sysctl -qw net.ipv4.conf.%2$s.proxy_arp=1
              ip link add vxlan.calico address %3$s type vxlan id 4096 local 10.65.0.%4$d dev eth0 dstport 4789 nolearning
              ip link set vxlan.calico mtu 1450 up
              ip addr add 172.29.%4$d.0/32 dev vxlan.calico
              bridge fdb add %5$s dev vxlan.calico dst 10.65.0.%6$d self permanent
              ip neigh add 172.29.%6$d.0 lladdr %5$s dev vxlan.calico nud permanent
              ip route add 172.29.%6$d.0/26 via 172.29.%6$d.0 dev vxlan.calico onlink
              """
                  .formatted(workload.ip(), workload.iface(), mac(n), n, mac(3 - n), 3 - n));
    }
  }

  @AfterEach
  void forgetRules() {
    for (var node : cluster.nodes()) {
      node.shell().run("iptables-legacy -F && iptables-legacy -t nat -F && conntrack -F 2>&1");
    }
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  private static String mac(int node) {
    return "66:00:00:00:00:0" + node;
  }

  @Test
  void theWireShowsWhatIsInTheTunnel() {
    try (var wire = cluster.wire()) {
      assertThat(near.pings(far)).isTrue();
      var vxlan = new WireFrame.Vxlan(0x0800_0000, 4096, mac(1), mac(2));
      assertThat(wire.sentBy(cluster.node(1)))
          .filteredOn(frame -> frame.carries(near.ip(), far.ip()))
          .hasSize(3)
          .allMatch(WireFrame::isTunnelled)
          .allMatch(frame -> frame.from().equals("10.65.0.1") && frame.to().equals("10.65.0.2"))
          .allMatch(frame -> frame.inner() != null && vxlan.equals(frame.inner().vxlan()));
      assertThat(wire.sentBy(cluster.node(1))).as("each frame is shown once").isEmpty();
    }
  }

  @Test
  void theWireShowsWhatIsNotInTheTunnel() {
    cluster.node(1).shell().run("ip route add 172.29.2.1 via 10.65.0.2");
    try (var wire = cluster.wire()) {
      assertThat(near.pings(far)).isTrue();
      assertThat(wire.sentBy(cluster.node(1)))
          .filteredOn(frame -> frame.carries(near.ip(), far.ip()))
          .hasSize(3)
          .noneMatch(WireFrame::isTunnelled);
    } finally {
      cluster.node(1).shell().run("ip route del 172.29.2.1");
    }
  }

  @Test
  void dataIsWholeAndTheSenderKnown() {
    assertThat(near.tcpTo(far, 1 << 20)).matches(heard -> heard.whole() && isFrom(heard, near));
    assertThat(near.udpTo(far, 1400)).matches(heard -> heard.whole() && isFrom(heard, near));
    cluster
        .node(1)
        .shell()
        .run("iptables-legacy -t nat -A POSTROUTING -p udp -j SNAT --to-source 172.29.1.0:777");
    assertThat(near.udpTo(far, 4)).isEqualTo(new Party.Heard("172.29.1.0", 777, true));
  }

  private static boolean isFrom(Party.Heard heard, Party party) {
    return heard.from().equals(party.ip());
  }

  @Test
  void aPingThatDoesNotFitHasNoAnswer() {
    assertThat(near.pings(far, 1450)).isTrue();
    assertThat(near.pings(far, 1451)).isFalse();
  }

  @Test
  void aForgedPacketArrivesUnlessARuleStopsIt() {
    try (var forger = new Forger(cluster.node(1), cluster.node(1).workload(1))) {
      assertThat(forger.arrivesByVxlan("10.65.0.2", far.ip(), mac(2), mac(1))).isTrue();
      assertThat(forger.arrivesByVxlan(HIDDEN, far.ip(), mac(2), mac(1))).isTrue();
      cluster
          .node(1)
          .shell()
          .run("iptables-legacy -A INPUT -s %s -p udp --dport 4789 -j DROP".formatted(HIDDEN));
      assertThat(forger.arrivesByVxlan("10.65.0.2", far.ip(), mac(2), mac(1))).isTrue();
      assertThat(forger.arrivesByVxlan(HIDDEN, far.ip(), mac(2), mac(1))).isFalse();
    }
  }

  @Test
  void everyInterruptionIsCounted() {
    try (var pinging = near.keepsPinging(far)) {
      assertThat(far.pings(near)).isTrue();
      assertThat(pinging.lost()).isLessThanOrEqualTo(1);
    }
    try (var pinging = near.keepsPinging(far)) {
      cluster.node(2).shell().run("iptables-legacy -A FORWARD -p icmp -j DROP");
      assertThat(far.pings(near)).isFalse();
      cluster.node(2).shell().run("iptables-legacy -F");
      assertThat(pinging.lost()).isGreaterThan(20);
    }
  }
}
