package felix.calc;

import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.endpoint;
import static felix.calc.SampleResources.endpointKey;
import static felix.calc.SampleResources.policyKey;
import static felix.calc.SampleResources.profileRules;
import static felix.calc.SampleResources.put;
import static felix.calc.SampleResources.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import felix.delta.ActiveHost;
import felix.delta.TierPolicies;
import felix.model.BgpConfiguration;
import felix.model.BgpConfigurationKey;
import felix.model.Cidr;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.Ip;
import felix.model.Labels;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.PolicyStage;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which policies a host endpoint gets, and where on a packet's way. */
final class HostPolicyTest {
  private static final HostEndpointKey ETH0 = new HostEndpointKey("h-eth0");
  private static final PolicyKey P = policyKey("p");
  private static final Rules RULES =
      new Rules(List.of(Rule.of(RuleAction.ALLOW)), List.of(Rule.of(RuleAction.DENY)));

  private final TestGraph graph = new TestGraph();

  private static HostEndpoint host(String host, String interfaceName, String... profiles) {
    return new HostEndpoint(
        host,
        interfaceName,
        List.of(Ip.parse("192.0.2.1")),
        List.of(profiles),
        List.of(),
        Labels.of(Map.of("role", "host")),
        null);
  }

  private static Policy policy(String tier, PolicyStage stage, boolean onForward) {
    return new Policy(tier, 1.0, "role == \"host\"", true, true, stage, onForward, RULES);
  }

  private static Policy policy(PolicyStage stage, boolean onForward) {
    return policy("default", stage, onForward);
  }

  private static TierPolicies tier(
      RuleAction defaultAction, List<PolicyKey> ingress, List<PolicyKey> egress) {
    return new TierPolicies("default", defaultAction, ingress, egress);
  }

  private ActiveHost eth0() {
    return Objects.requireNonNull(graph.dataplane.hosts.get(ETH0));
  }

  @Test
  void endpointsOfOtherHostsAreNotHeldHere() {
    graph.update(
        put(ETH0, host("far", "eth0", "profile")), put(P, policy(PolicyStage.TRACKED, true)));
    assertThat(graph.dataplane.hosts).isEmpty();
    assertThat(graph.dataplane.policies).isEmpty();
    assertThat(graph.dataplane.profiles).isEmpty();
  }

  @Test
  void endpointThatMovesToAnotherHostIsGoneAndComesBack() {
    graph.update(
        put(ETH0, host(HERE, "eth0", "profile")), put(P, policy(PolicyStage.TRACKED, true)));
    assertThat(graph.dataplane.hosts).containsOnlyKeys(ETH0);
    assertThat(graph.dataplane.policies).containsOnlyKeys(P);

    graph.update(put(ETH0, host("far", "eth0", "profile")));
    assertThat(graph.dataplane.hosts).isEmpty();
    assertThat(graph.dataplane.policies).isEmpty();
    assertThat(graph.dataplane.profiles).isEmpty();

    graph.update(put(ETH0, host(HERE, "*")));
    assertThat(eth0().interfaceName()).isEqualTo("*");
    assertThat(graph.dataplane.policies).containsOnlyKeys(P);
  }

  @Test
  void trackedPolicyIsForTheHostItselfUnlessItSaysMore() {
    graph.update(put(ETH0, host(HERE, "eth0")), put(P, policy(PolicyStage.TRACKED, false)));
    var both = List.of(tier(RuleAction.DENY, List.of(P), List.of(P)));
    assertThat(eth0().policies())
        .isEqualTo(new ActiveHost.Policies(List.of(), List.of(), List.of(), both));

    graph.update(put(P, policy(PolicyStage.TRACKED, true)));
    assertThat(eth0().policies())
        .isEqualTo(new ActiveHost.Policies(List.of(), List.of(), both, both));
  }

  @Test
  void untrackedPolicyIsInItsPlaceOnlyAndPassesWhatItDoesNotDecide() {
    graph.update(put(ETH0, host(HERE, "eth0")), put(P, policy(PolicyStage.UNTRACKED, true)));
    assertThat(eth0().policies())
        .isEqualTo(
            new ActiveHost.Policies(
                List.of(tier(RuleAction.PASS, List.of(P), List.of(P))),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void preDnatPolicySaysNothingOfWhatGoesOut() {
    graph.update(put(ETH0, host(HERE, "eth0")), put(P, policy(PolicyStage.PRE_DNAT, true)));
    assertThat(eth0().policies())
        .isEqualTo(
            new ActiveHost.Policies(
                List.of(),
                List.of(tier(RuleAction.PASS, List.of(P), List.of())),
                List.of(),
                List.of()));
  }

  @Test
  void preDnatPolicyForWhatGoesOutIsNone() {
    graph.update(
        put(ETH0, host(HERE, "eth0")),
        put(
            P,
            new Policy("default", 1.0, "all()", false, true, PolicyStage.PRE_DNAT, true, RULES)));
    assertThat(eth0().policies()).isEqualTo(ActiveHost.Policies.NONE);
  }

  /** The dataplane writes it to other tables, so it must hear of it though no rule has changed. */
  @ParameterizedTest
  @EnumSource(names = {"UNTRACKED", "PRE_DNAT"})
  void policyThatMovesToAnotherStageIsToldAgain(PolicyStage stage) {
    graph.update(put(ETH0, host(HERE, "eth0")), put(P, policy(PolicyStage.TRACKED, true)));
    var delta = graph.update(put(P, policy(stage, true)));
    assertThat(delta.local().policies().keys()).containsExactly(P);
    assertThat(delta.local().hosts().keys()).containsExactly(ETH0);
    assertThat(Objects.requireNonNull(graph.dataplane.policies.get(P)).stage()).isEqualTo(stage);
  }

  @Test
  void workloadsHaveTrackedPolicyOnly() {
    var workload = endpointKey(HERE, "web");
    graph.update(
        put(workload, endpoint("10.0.0.1", Map.of("role", "host"), List.of())),
        put(policyKey("u"), policy(PolicyStage.UNTRACKED, true)),
        put(policyKey("d"), policy(PolicyStage.PRE_DNAT, true)),
        put(P, policy(PolicyStage.TRACKED, false)));
    assertThat(Objects.requireNonNull(graph.dataplane.workloads.get(workload)).tiers())
        .containsExactly(tier(RuleAction.DENY, List.of(P), List.of(P)));
  }

  @Test
  void tiersCountAtEachPlaceForThemselves() {
    graph.update(
        put(ETH0, host(HERE, "eth0")),
        put(new TierKey("first"), new Tier(1.0, RuleAction.PASS)),
        put(new TierKey("strict"), new Tier(2.0, RuleAction.DENY)),
        put(policyKey("f"), policy("first", PolicyStage.TRACKED, false)),
        put(policyKey("s"), policy("strict", PolicyStage.UNTRACKED, true)),
        put(P, policy(PolicyStage.TRACKED, true)));
    ActiveHost.Policies policies = eth0().policies();
    assertThat(policies.untracked())
        .containsExactly(
            new TierPolicies(
                "strict", RuleAction.PASS, List.of(policyKey("s")), List.of(policyKey("s"))));
    assertThat(policies.forwarded()).extracting(TierPolicies::tier).containsExactly("default");
    assertThat(policies.tracked())
        .extracting(TierPolicies::tier, TierPolicies::defaultAction)
        .containsExactly(tuple("first", RuleAction.PASS), tuple("default", RuleAction.DENY));
  }

  @Test
  void missingProfileDeniesAllAndExistingOneIsPassedOn() {
    graph.update(put(ETH0, host(HERE, "eth0", "p")));
    assertThat(eth0().profiles()).containsExactly("p");
    var missing = graph.dataplane.profiles.get("p");
    graph.update(profileRules("p", Rules.ALLOW_ALL));
    assertThat(graph.dataplane.profiles.get("p")).isNotNull().isNotEqualTo(missing);
    graph.update(remove(ETH0));
    assertThat(graph.dataplane.profiles).isEmpty();
  }

  @Test
  void networksOfServicesAreTheStateNow() {
    var key = new BgpConfigurationKey();
    Cidr first = Cidr.parse("10.96.0.0/12");
    Cidr second = Cidr.parse("fd00:96::/108");
    graph.update(put(key, new BgpConfiguration(List.of(second, first, second))));
    assertThat(graph.dataplane.serviceNetworks).containsExactly(first, second);
    graph.update(put(ETH0, host(HERE, "eth0")));
    assertThat(graph.dataplane.serviceNetworks).containsExactly(first, second);
    graph.update(remove(key));
    assertThat(graph.dataplane.serviceNetworks).isEmpty();
  }
}
