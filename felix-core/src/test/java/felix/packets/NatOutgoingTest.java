package felix.packets;

import static felix.packets.OverlayCluster.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Overlay;
import felix.lab.Party;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The settings of NAT towards the outside, another one on each node, as a server outside sees them.
 */
@Tag("packets")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatOutgoingTest {
  private static final String EXTRA_ADDRESS = "10.65.0.22";

  private final OverlayCluster cluster =
      new OverlayCluster(NatOutgoingTest.class, Overlay.VXLAN, 0, 0, 0);
  private final Party outside = cluster.cluster().fabric().router();

  @BeforeAll
  void start() {
    cluster.node(1).set("FELIX_NATPORTRANGE", "40000:40009");
    cluster.node(2).set("FELIX_NATOUTGOINGADDRESS", EXTRA_ADDRESS);
    cluster.node(2).shell().run("ip addr add %s/24 dev eth0".formatted(EXTRA_ADDRESS));
    cluster.node(3).set("FELIX_IPTABLESNATOUTGOINGINTERFACEFILTER", "other0");
    cluster.cluster().fabric().shell().run("ip route add 172.29.3.0/26 via 10.65.0.3");
    cluster.start("Always", "\"vxlanEnabled\": true, \"vxlanMTU\": 1450");
    cluster.awaitTraffic(1, 2);
    cluster.awaitTraffic(1, 3);
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void portsAreOfTheRange() {
    var workload = cluster.workload(1, 1);
    for (int i = 0; i < 4; i++) {
      for (var heard : List.of(workload.udpTo(outside, 4), workload.tcpTo(outside, 4))) {
        assertThat(heard).is(allOf(cluster.node(1).party()));
        assertThat(heard.fromPort()).isBetween(40_000, 40_009);
      }
    }
  }

  @Test
  void theAddressIsTheOneOfTheSetting() {
    var workload = cluster.workload(2, 1);
    var extra = new Party(outside.namespace(), EXTRA_ADDRESS);
    assertThat(List.of(workload.udpTo(outside, 4), workload.tcpTo(outside, 4))).are(allOf(extra));
  }

  @Test
  void onlyTheInterfacesOfTheFilterHaveNat() {
    var workload = cluster.workload(3, 1);
    assertThat(workload.udpTo(outside, 4)).is(allOf(workload));
  }

  @Test
  void betweenWorkloadsNothingIsChangedByAnyOfThem() {
    for (int from = 1; from <= 3; from++) {
      var sender = cluster.workload(from, 1);
      var receiver = cluster.workload(from % 3 + 1, 1);
      assertThat(sender.udpTo(receiver, 4)).is(allOf(sender));
    }
  }
}
