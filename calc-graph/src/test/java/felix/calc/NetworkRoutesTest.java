package felix.calc;

import static felix.calc.SampleNetwork.block;
import static felix.calc.SampleNetwork.blockKey;
import static felix.calc.SampleNetwork.crossSubnetPool;
import static felix.calc.SampleNetwork.node;
import static felix.calc.SampleNetwork.pool;
import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.endpoint;
import static felix.calc.SampleResources.endpointKey;
import static felix.calc.SampleResources.put;
import static felix.calc.SampleResources.remove;
import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.GraphSettings.RouteSource;
import felix.delta.ClusterRoute;
import felix.delta.ClusterRoute.LocalBlock;
import felix.delta.ClusterRoute.Remote;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPoolKey;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.ResourceUpdate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways to blocks and addresses, case by case. */
final class NetworkRoutesTest {
  private static final NodeKey OWN = new NodeKey(HERE);

  private final TestGraph graph = new TestGraph();

  @BeforeEach
  void threeHostsOfWhichOneIsInAnotherSubnet() {
    graph.update(
        node(HERE, "192.168.0.1", "fd01::1"),
        node("near", "192.168.0.2", "fd01::2"),
        node("far", "192.168.1.1", "fd02::1"));
  }

  @Test
  void blockLeadsToItsHostAndOursEndsHere() {
    graph.update(
        pool("p", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.0/26", "far"),
        block("10.0.0.64/26", HERE));

    assertRoutes(
        Map.of(
            "10.0.0.0/26",
            vxlan("far", "192.168.1.1", false),
            "10.0.0.64/26",
            new LocalBlock(Encapsulation.VXLAN)));
  }

  @Test
  void ipv6RouteLeadsToTheIpv6AddressOfTheHost() {
    graph.update(
        crossSubnetPool("p", "fd00::/48", Encapsulation.VXLAN),
        block("fd00::/122", "far"),
        block("fd00::40/122", "near"));

    assertRoutes(
        Map.of(
            "fd00::/122", vxlan("far", "fd02::1", false),
            "fd00::40/122", vxlan("near", "fd01::2", true)));
  }

  @Test
  void lentAddressLeadsToItsUser() {
    graph.update(
        pool("p", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.0/26", "far", Map.of("10.0.0.1", "near", "10.0.0.2", HERE)),
        block("10.0.0.64/26", HERE, Map.of("10.0.0.65", "far")),
        block("10.0.0.128/26", null, Map.of("10.0.0.129", "near")));

    assertRoutes(
        Map.of(
            "10.0.0.0/26", vxlan("far", "192.168.1.1", false),
            "10.0.0.1/32", vxlan("near", "192.168.0.2", false),
            "10.0.0.64/26", new LocalBlock(Encapsulation.VXLAN),
            "10.0.0.65/32", vxlan("far", "192.168.1.1", false),
            "10.0.0.129/32", vxlan("near", "192.168.0.2", false)));
  }

  @Test
  void lentAddressThatIsAllOfItsBlockLeadsToItsUser() {
    graph.update(
        pool("p", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.1/32", HERE, Map.of("10.0.0.1", "near")),
        block("10.0.0.2/32", "near", Map.of("10.0.0.2", HERE)));

    assertRoutes(Map.of("10.0.0.1/32", vxlan("near", "192.168.0.2", false)));
  }

  @Test
  void nothingLeadsOutOfThePools() {
    graph.update(block("10.0.0.0/26", "far"), pool("p", "10.0.0.0/27", Encapsulation.VXLAN));
    assertRoutes(Map.of());

    graph.update(pool("p", "10.0.0.0/26", Encapsulation.VXLAN));
    assertRoutes(Map.of("10.0.0.0/26", vxlan("far", "192.168.1.1", false)));

    graph.update(remove(new IpPoolKey("p")));
    assertRoutes(Map.of());
  }

  @Test
  void mostSpecificPoolCounts() {
    graph.update(
        pool("wide", "10.0.0.0/8", Encapsulation.IPIP),
        pool("narrow", "10.0.0.0/24", Encapsulation.VXLAN),
        block("10.0.0.0/26", "far"),
        block("10.0.1.0/26", "far"));
    assertThat(route("10.0.0.0/26").encapsulation()).isEqualTo(Encapsulation.VXLAN);
    assertThat(route("10.0.1.0/26").encapsulation()).isEqualTo(Encapsulation.IPIP);

    graph.update(remove(new IpPoolKey("narrow")));
    assertThat(route("10.0.0.0/26").encapsulation()).isEqualTo(Encapsulation.IPIP);
  }

  @Test
  void ofPoolsWithOneNetworkTheFirstByNameCountsAndTheNextTakesOver() {
    graph.update(
        pool("b", "10.0.0.0/16", Encapsulation.IPIP),
        pool("a", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.0/26", "far"));
    assertThat(graph.dataplane.pools).hasSize(1);
    assertThat(route("10.0.0.0/26").encapsulation()).isEqualTo(Encapsulation.VXLAN);

    graph.update(pool("a", "10.1.0.0/16", Encapsulation.VXLAN));
    assertThat(graph.dataplane.pools).hasSize(2);
    assertThat(route("10.0.0.0/26").encapsulation()).isEqualTo(Encapsulation.IPIP);
  }

  @Test
  void onlyHostsOfOurSubnetAreReachedDirectlyAcrossSubnets() {
    graph.update(
        crossSubnetPool("x", "10.0.0.0/24", Encapsulation.IPIP),
        pool("plain", "10.0.1.0/24", Encapsulation.NONE),
        pool("always", "10.0.2.0/24", Encapsulation.IPIP));
    for (String network : List.of("10.0.0", "10.0.1", "10.0.2")) {
      graph.update(block(network + ".0/26", "near"), block(network + ".64/26", "far"));
    }

    assertThat(isDirect("10.0.0.0/26")).isTrue();
    assertThat(isDirect("10.0.0.64/26")).isFalse();
    assertThat(isDirect("10.0.1.0/26")).isTrue();
    assertThat(isDirect("10.0.1.64/26")).isTrue();
    assertThat(isDirect("10.0.2.0/26")).isFalse();
    assertThat(isDirect("10.0.2.64/26")).isFalse();
  }

  @Test
  void ourOwnSubnetDecidesWhoIsReachedDirectly() {
    graph.update(
        crossSubnetPool("x", "10.0.0.0/24", Encapsulation.IPIP),
        block("10.0.0.0/26", "near"),
        block("10.0.0.64/26", "far"));

    graph.update(ownNode("192.168.0.1", 16));
    assertThat(isDirect("10.0.0.0/26")).isTrue();
    assertThat(isDirect("10.0.0.64/26")).isTrue();

    graph.update(ownNode("192.168.0.1", 32));
    assertThat(isDirect("10.0.0.0/26")).isFalse();
    assertThat(isDirect("10.0.0.64/26")).isFalse();

    graph.update(node(HERE, "192.168.1.2"));
    assertThat(isDirect("10.0.0.0/26")).isFalse();
    assertThat(isDirect("10.0.0.64/26")).isTrue();

    graph.update(remove(OWN));
    assertThat(isDirect("10.0.0.64/26")).isFalse();
  }

  @Test
  void routesFollowTheAddressOfTheHostAndGoWithIt() {
    graph.update(
        pool("p", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.0/26", "far"),
        block("10.0.0.64/26", "near", Map.of("10.0.0.65", "far")));

    graph.update(node("far", "192.168.7.7"));
    assertThat(route("10.0.0.0/26")).isEqualTo(vxlan("far", "192.168.7.7", false));
    assertThat(route("10.0.0.65/32")).isEqualTo(vxlan("far", "192.168.7.7", false));

    graph.update(remove(new NodeKey("far")));
    assertRoutes(Map.of("10.0.0.64/26", vxlan("near", "192.168.0.2", false)));
  }

  @Test
  void hostThatOnlyChangesItsMacTouchesNoRoute() {
    graph.update(pool("p", "10.0.0.0/16", Encapsulation.VXLAN), block("10.0.0.0/26", "far"));

    var mac = MacAddress.parse("02:00:00:00:00:01");
    var far = new Node(new HostAddress(Ip.parse("192.168.1.1"), 24), null, null, null, mac);
    var delta = graph.update(put(new NodeKey("far"), far));

    assertThat(delta.network().nodes().keys()).containsExactly("far");
    assertThat(delta.network().routes().isEmpty()).isTrue();
  }

  @Test
  void addressThatSeveralBlocksLendGoesToTheFirstHostThatIsKnown() {
    graph.update(
        pool("p", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.0/26", null, Map.of("10.0.0.1", "near")),
        block("10.0.0.0/27", null, Map.of("10.0.0.1", "far")),
        block("10.0.0.0/28", null, Map.of("10.0.0.1", "ancient")));
    assertRoutes(Map.of("10.0.0.1/32", vxlan("far", "192.168.1.1", false)));

    graph.update(remove(blockKey("10.0.0.0/27")));
    assertRoutes(Map.of("10.0.0.1/32", vxlan("near", "192.168.0.2", false)));

    graph.update(block("10.0.0.0/27", null, Map.of("10.0.0.1", HERE)));
    assertRoutes(Map.of());
  }

  @Test
  void hostThatSaysItHasOurAddressIsNotFollowed() {
    graph.update(
        pool("p", "10.0.0.0/16", Encapsulation.NONE),
        node("old-name", "192.168.0.1"),
        block("10.0.0.0/26", "old-name"));
    assertRoutes(Map.of());

    graph.update(node(HERE, "192.168.0.9"));
    assertThat(route("10.0.0.0/26"))
        .isEqualTo(new Remote("old-name", Ip.parse("192.168.0.1"), Encapsulation.NONE, true));
  }

  @Test
  void workloadsOfOtherHostsAreRoutedOneByOneWhereTheConfigurationSaysSo() {
    var workloads =
        new TestGraph(
            new GraphSettings(HERE, RouteSource.WORKLOAD_IPS, Optional.empty(), Optional.empty()));
    var duplicate = endpointKey("far", "b");
    workloads.update(
        node("near", "192.168.0.2"),
        node("far", "192.168.1.1"),
        pool("p", "10.0.0.0/16", Encapsulation.VXLAN),
        block("10.0.0.0/26", "far"),
        put(endpointKey(HERE, "a"), endpoint("10.0.0.1", Map.of(), List.of())),
        put(endpointKey("near", "a"), endpoint("10.0.0.2", Map.of(), List.of())),
        put(duplicate, endpoint("10.0.0.2", Map.of(), List.of())));
    assertThat(workloads.dataplane.routes)
        .isEqualTo(Map.of(Cidr.parse("10.0.0.2"), vxlan("far", "192.168.1.1", false)));

    workloads.update(put(duplicate, endpoint("10.0.0.1", Map.of(), List.of())));
    assertThat(workloads.dataplane.routes)
        .isEqualTo(Map.of(Cidr.parse("10.0.0.2"), vxlan("near", "192.168.0.2", false)));
  }

  private void assertRoutes(Map<String, ClusterRoute> expected) {
    assertThat(graph.dataplane.routes).hasSize(expected.size());
    expected.forEach((cidr, route) -> assertThat(route(cidr)).as(cidr).isEqualTo(route));
  }

  private ClusterRoute route(String cidr) {
    return Objects.requireNonNull(graph.dataplane.routes.get(Cidr.parse(cidr)), cidr);
  }

  private boolean isDirect(String cidr) {
    return ((Remote) route(cidr)).direct();
  }

  private static Remote vxlan(String host, String address, boolean direct) {
    return new Remote(host, Ip.parse(address), Encapsulation.VXLAN, direct);
  }

  private static ResourceUpdate ownNode(String ipv4, int prefixLength) {
    var address = new HostAddress(Ip.parse(ipv4), prefixLength);
    return put(OWN, new Node(address, null, null, null, null));
  }
}
