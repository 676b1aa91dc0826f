package felix.calc;

import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.allowFrom;
import static felix.calc.SampleResources.allowTo;
import static felix.calc.SampleResources.endpoint;
import static felix.calc.SampleResources.endpointKey;
import static felix.calc.SampleResources.networkSet;
import static felix.calc.SampleResources.networkSetKey;
import static felix.calc.SampleResources.policy;
import static felix.calc.SampleResources.policyKey;
import static felix.calc.SampleResources.ports;
import static felix.calc.SampleResources.profileLabels;
import static felix.calc.SampleResources.put;
import static felix.calc.SampleResources.remove;
import static felix.calc.SampleResources.selecting;
import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.EndpointPort;
import felix.model.EntityMatch;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.Ip;
import felix.model.Labels;
import felix.model.PortRange;
import felix.model.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * From selectors in rules to IP sets and their members. The IDs are from the test vectors of the
 * selector reference.
 */
final class IpSetsTest {
  private static final IpSetId HAS_A = new IpSetId("s:JpRGrxZ4kdS6g7WoF-uG_g7qlh2ipw2zGYBMpQ");
  private static final IpSetId HTTP_ON_HAS_A =
      new IpSetId("n:q0FsJyloGQdV43-MXqPdlFZAlYpKMrQankf_og");
  private static final IpSetId DNS_UDP_ON_HAS_A =
      new IpSetId("n:jGpIp0IizJnI0wGF_KRv9FwrIRQLiDXSLWRysg");

  private final TestGraph graph = new TestGraph();

  IpSetsTest() {
    graph.update(put(endpointKey(HERE, "web"), endpoint("10.0.0.1", Map.of(), List.of())));
  }

  @Test
  void selectorBecomesSetOfAllThatItMatches() {
    graph.update(
        put(endpointKey("far", "x"), endpoint("10.0.0.2", Map.of("a", "1"), List.of())),
        put(endpointKey("far", "y"), endpoint("10.0.0.3", Map.of("b", "1"), List.of())),
        put(networkSetKey("s"), networkSet(Map.of("a", "1"), "192.0.2.0/24", "fd00::/64")));

    assertThat(source(selecting("has(a)", null)).ipSets()).containsExactly(HAS_A);
    assertThat(graph.dataplane.ipSets).containsExactly(Map.entry(HAS_A, IpSetType.NET));
    assertMembers(HAS_A, net("10.0.0.2/32"), net("192.0.2.0/24"), net("fd00::/64"));
  }

  @Test
  void sharedAddressStaysUntilTheLastEndpointIsGone() {
    source(selecting("has(a)", null));
    var endpoint = endpoint("10.0.0.9", Map.of("a", "1"), List.of());
    graph.update(put(endpointKey("far", "x"), endpoint), put(endpointKey("far", "y"), endpoint));
    assertThat(graph.update(remove(endpointKey("far", "x"))).local().members().isEmpty()).isTrue();
    assertMembers(HAS_A, net("10.0.0.9/32"));

    graph.update(remove(endpointKey("far", "y")));
    assertMembers(HAS_A);
  }

  @Test
  void everythingIsSplitInTwoHalves() {
    source(selecting("has(a)", null));
    graph.update(put(networkSetKey("s"), networkSet(Map.of("a", ""), "0.0.0.0/0", "::/0")));

    assertMembers(HAS_A, net("0.0.0.0/1"), net("128.0.0.0/1"), net("::/1"), net("8000::/1"));
  }

  @Test
  void labelComesFromTheFirstProfileThatHasIt() {
    source(selecting("a == \"b\"", null));
    var set = new IpSetId("s:flMh0m0X_BowkAK_W3j3MgH8oQOsj3WxGDoXCQ");
    graph.update(
        profileLabels("p", Map.of("a", "b")),
        profileLabels("q", Map.of("a", "c")),
        put(endpointKey("far", "pq"), endpoint("10.0.0.2", Map.of(), List.of("none", "p", "q"))),
        put(endpointKey("far", "qp"), endpoint("10.0.0.3", Map.of(), List.of("q", "p"))),
        put(endpointKey("far", "own"), endpoint("10.0.0.4", Map.of("a", ""), List.of("p"))));
    assertMembers(set, net("10.0.0.2/32"));

    graph.update(profileLabels("q", Map.of()));
    assertMembers(set, net("10.0.0.2/32"), net("10.0.0.3/32"));
  }

  @Test
  void negatedSelectorNarrowsThePositiveOne() {
    ActiveEntity source = source(selecting("a == \"b\"", "has(c)"));

    assertThat(source.notIpSets()).isEmpty();
    graph.update(
        put(endpointKey("far", "x"), endpoint("10.0.0.2", Map.of("a", "b"), List.of())),
        put(endpointKey("far", "y"), endpoint("10.0.0.3", Map.of("a", "b", "c", ""), List.of())));
    assertMembers(source.ipSets().getFirst(), net("10.0.0.2/32"));
  }

  @Test
  void loneNegatedSelectorIsSetThatMustNotMatch() {
    ActiveEntity source = source(selecting(null, "has(a)"));

    assertThat(source.ipSets()).isEmpty();
    assertThat(source.notIpSets()).containsExactly(HAS_A);
  }

  @Test
  void namedPortsOfTheSelectorReplaceItsOwnSet() {
    graph.update(
        put(
            endpointKey("far", "x"),
            endpoint(
                "10.0.0.2",
                Map.of("a", ""),
                List.of(),
                new EndpointPort("http", Protocol.TCP, 80),
                new EndpointPort("http", Protocol.ofNumber(6), 8080),
                new EndpointPort("http", Protocol.UDP, 81),
                new EndpointPort("other", Protocol.TCP, 82))),
        put(
            endpointKey("far", "y"),
            endpoint("10.0.0.3", Map.of(), List.of(), new EndpointPort("http", Protocol.TCP, 80))));

    ActiveEntity entity =
        destination(Protocol.TCP, ports("has(a)", List.of(), List.of("http"), List.of()));

    assertThat(entity.ipSets()).isEmpty();
    assertThat(entity.portSets()).containsExactly(HTTP_ON_HAS_A);
    assertThat(graph.dataplane.ipSets).containsExactly(Map.entry(HTTP_ON_HAS_A, IpSetType.IP_PORT));
    assertMembers(
        HTTP_ON_HAS_A,
        new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.TCP, 80),
        new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.TCP, 8080));
  }

  @Test
  void numberedPortsBesideNamedOnesNeedTheSelectorsOwnSet() {
    ActiveEntity entity =
        destination(
            Protocol.ofNumber(17),
            ports("has(a)", List.of(PortRange.of(53)), List.of("dns"), List.of()));

    assertThat(entity.ipSets()).containsExactly(HAS_A);
    assertThat(entity.portSets()).containsExactly(DNS_UDP_ON_HAS_A);
  }

  @Test
  void negatedNamedPortKeepsTheSelectorsOwnSet() {
    ActiveEntity entity =
        destination(Protocol.TCP, ports("has(a)", List.of(), List.of(), List.of("http")));

    assertThat(entity.ipSets()).containsExactly(HAS_A);
    assertThat(entity.notPortSets()).containsExactly(HTTP_ON_HAS_A);
  }

  @Test
  void namedPortsOfARuleWithoutProtocolAreOfAny() {
    graph.update(
        put(
            endpointKey("far", "x"),
            endpoint(
                "10.0.0.2",
                Map.of("a", ""),
                List.of(),
                new EndpointPort("http", Protocol.ofNumber(6), 80),
                new EndpointPort("http", Protocol.UDP, 81),
                new EndpointPort("http", Protocol.SCTP, 82),
                new EndpointPort("other", Protocol.TCP, 83))));
    ActiveEntity entity = destination(null, ports("has(a)", List.of(), List.of("http"), List.of()));

    assertMembers(
        entity.portSets().getFirst(),
        new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.TCP, 80),
        new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.UDP, 81),
        new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.SCTP, 82));
    assertThat(entity.portSets())
        .as("another set than that of one protocol")
        .isNotEqualTo(
            destination(Protocol.TCP, ports("has(a)", List.of(), List.of("http"), List.of()))
                .portSets());
  }

  /** Whatever host they are on; what the interface has besides is not known to the datastore. */
  @Test
  void hostEndpointsAreInSetsWithTheirExpectedAddresses() {
    graph.update(
        put(new HostEndpointKey("x"), host("far", "10.0.0.2", "fd00::2")),
        put(new HostEndpointKey("y"), host(HERE)));

    source(selecting("has(a)", null));
    assertMembers(HAS_A, net("10.0.0.2/32"), net("fd00::2/128"));

    graph.update(put(new HostEndpointKey("y"), host(HERE, "10.0.0.3")));
    assertMembers(HAS_A, net("10.0.0.2/32"), net("fd00::2/128"), net("10.0.0.3/32"));
  }

  @Test
  void hostEndpointsHaveNamedPortsInBothFamilies() {
    graph.update(put(new HostEndpointKey("x"), host("far", "10.0.0.2", "fd00::2")));

    ActiveEntity entity =
        source(Protocol.SCTP, ports("has(a)", List.of(), List.of("peer"), List.of()));
    assertMembers(
        entity.portSets().getFirst(),
        new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.SCTP, 99),
        new IpSetMember.Port(Ip.parse("fd00::2"), Protocol.SCTP, 99));
  }

  @Test
  void setGoesWithTheLastRuleThatNamesIt() {
    graph.update(put(endpointKey("far", "x"), endpoint("10.0.0.2", Map.of("a", ""), List.of())));
    var rule = allowFrom(null, selecting("has(a)", null));
    graph.update(
        put(policyKey("one"), policy("all()", null, rule)),
        put(policyKey("two"), policy("all()", null, rule)));

    assertThat(graph.update(remove(policyKey("one"))).local().ipSets().isEmpty()).isTrue();
    var last = graph.update(remove(policyKey("two")));

    assertThat(last.local().ipSets().get(HAS_A)).isNotNull();
    assertThat(graph.dataplane.ipSets).isEmpty();
    assertThat(graph.dataplane.members).isEmpty();
  }

  @Test
  void rulesThatNoLocalEndpointUsesNeedNoSets() {
    var rule = allowFrom(null, selecting("has(a)", null));
    graph.update(put(policyKey("one"), policy("nobody == 'here'", null, rule)));

    assertThat(graph.dataplane.ipSets).isEmpty();
    assertThat(graph.dataplane.policies).isEmpty();
  }

  private static HostEndpoint host(String host, String... ips) {
    return new HostEndpoint(
        host,
        "eth0",
        List.of(ips).stream().map(Ip::parse).toList(),
        List.of(),
        List.of(new EndpointPort("peer", Protocol.SCTP, 99)),
        Labels.of(Map.of("a", "")),
        null);
  }

  private ActiveEntity source(EntityMatch match) {
    return source(null, match);
  }

  private ActiveEntity source(@Nullable Protocol protocol, EntityMatch match) {
    graph.update(put(policyKey("p"), policy("all()", null, allowFrom(protocol, match))));
    return rules().source();
  }

  private ActiveEntity destination(@Nullable Protocol protocol, EntityMatch match) {
    graph.update(put(policyKey("p"), policy("all()", null, allowTo(protocol, match))));
    return rules().destination();
  }

  private ActiveRule rules() {
    return Objects.requireNonNull(graph.dataplane.policies.get(policyKey("p")))
        .rules()
        .ingress()
        .getFirst();
  }

  private void assertMembers(IpSetId set, IpSetMember... members) {
    assertThat(graph.dataplane.members.getOrDefault(set, Set.of()))
        .containsExactlyInAnyOrder(members);
  }

  private static IpSetMember net(String text) {
    return new IpSetMember.Net(Cidr.parse(text));
  }
}
