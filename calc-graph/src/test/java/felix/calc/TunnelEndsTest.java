package felix.calc;

import static felix.calc.SampleNetwork.node;
import static felix.calc.SampleNetwork.pool;
import static felix.calc.SampleNetwork.vxlanNode;
import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.remove;
import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.GraphSettings.RouteSource;
import felix.delta.Encapsulations;
import felix.delta.Vtep;
import felix.model.Encapsulation;
import felix.model.Ip;
import felix.model.IpPoolKey;
import felix.model.MacAddress;
import felix.model.NodeKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which encapsulations are in use, and who has a tunnel end. */
final class TunnelEndsTest {
  private static final String MAC = "02:00:00:00:00:01";

  private final TestGraph graph = new TestGraph();

  @Test
  void poolsDecideWhatIsInUseWhereTheConfigurationDoesNot() {
    assertEncapsulations(false, false);
    graph.update(pool("a", "10.0.0.0/16", Encapsulation.VXLAN));
    assertEncapsulations(false, true);
    graph.update(pool("b", "10.1.0.0/16", Encapsulation.IPIP));
    assertEncapsulations(true, true);
    graph.update(pool("a", "10.0.0.0/16", Encapsulation.NONE));
    assertEncapsulations(true, false);
    graph.update(remove(new IpPoolKey("b")));
    assertEncapsulations(false, false);
  }

  @Test
  void ipv6PoolsSwitchNothingOn() {
    graph.update(
        pool("a", "fd00::/48", Encapsulation.VXLAN), pool("b", "fd01::/48", Encapsulation.IPIP));

    assertEncapsulations(false, false);
  }

  @Test
  void configurationOverridesPools() {
    var configured =
        new TestGraph(
            new GraphSettings(
                HERE, RouteSource.CALICO_IPAM, Optional.of(true), Optional.of(false)));
    configured.update(pool("a", "10.0.0.0/16", Encapsulation.VXLAN));

    assertThat(configured.dataplane.encapsulations).isEqualTo(new Encapsulations(true, false));
  }

  @Test
  void macIsComputedWhereNoneIsRecorded() {
    useVxlan();
    graph.update(
        vxlanNode("node1", "192.168.0.2", "10.0.0.0", null),
        vxlanNode("node2", "192.168.0.3", "10.0.1.0", MAC));

    assertVtep("node1", "10.0.0.0", "66:f9:37:c3:7e:94", "192.168.0.2");
    assertVtep("node2", "10.0.1.0", MAC, "192.168.0.3");
  }

  @Test
  void hostsHaveTunnelEndsOnlyWhileVxlanIsInUse() {
    graph.update(
        vxlanNode(HERE, "192.168.0.1", "10.0.0.0", null),
        vxlanNode("far", "192.168.0.2", "10.0.1.0", null));
    assertThat(graph.dataplane.vteps).isEmpty();

    useVxlan();
    assertThat(graph.dataplane.vteps).containsOnlyKeys(HERE, "far");

    graph.update(remove(new IpPoolKey("vxlan")));
    assertThat(graph.dataplane.vteps).isEmpty();
  }

  @Test
  void incompleteHostHasNoTunnelEnd() {
    useVxlan();
    graph.update(vxlanNode("far", "192.168.0.2", "10.0.1.0", null));
    graph.update(node("far", "192.168.0.2"));
    assertThat(graph.dataplane.vteps).isEmpty();
  }

  @Test
  void tunnelAddressOfTwoHostsIsTheFirstOnesUntilItLetsGo() {
    useVxlan();
    graph.update(
        vxlanNode("b", "192.168.0.2", "10.0.1.0", null),
        vxlanNode("c", "192.168.0.3", "10.0.1.0", null));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("b");

    graph.update(vxlanNode("a", "192.168.0.4", "10.0.1.0", null));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("a");

    graph.update(vxlanNode("a", "192.168.0.4", "10.0.2.0", null), remove(new NodeKey("b")));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("a", "c");
  }

  @Test
  void macOfTwoHostsIsTheFirstOnesUntilItLetsGo() {
    useVxlan();
    graph.update(
        vxlanNode("b", "192.168.0.2", "10.0.1.0", MAC),
        vxlanNode("c", "192.168.0.3", "10.0.2.0", MAC));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("b");

    graph.update(vxlanNode("b", "192.168.0.2", "10.0.1.0", null));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("b", "c");
  }

  @Test
  void nobodyTakesOurTunnelAddressOrSpeaksForOurAddress() {
    useVxlan();
    graph.update(
        vxlanNode("aside", "192.168.0.2", "10.0.0.0", null),
        vxlanNode("old-name", "192.168.0.1", "10.0.3.0", null));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("aside", "old-name");

    graph.update(vxlanNode(HERE, "192.168.0.1", "10.0.0.0", null));
    assertThat(graph.dataplane.vteps).containsOnlyKeys(HERE);

    graph.update(remove(new NodeKey(HERE)));
    assertThat(graph.dataplane.vteps).containsOnlyKeys("aside", "old-name");
  }

  private void useVxlan() {
    graph.update(pool("vxlan", "10.0.0.0/16", Encapsulation.VXLAN));
  }

  private void assertEncapsulations(boolean ipip, boolean vxlan) {
    assertThat(graph.dataplane.encapsulations).isEqualTo(new Encapsulations(ipip, vxlan));
  }

  private void assertVtep(String host, String tunnelAddress, String mac, String hostAddress) {
    assertThat(graph.dataplane.vteps)
        .containsEntry(
            host, new Vtep(Ip.parse(tunnelAddress), MacAddress.parse(mac), Ip.parse(hostAddress)));
  }
}
