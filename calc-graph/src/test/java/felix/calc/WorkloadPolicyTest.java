package felix.calc;

import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.endpoint;
import static felix.calc.SampleResources.endpointKey;
import static felix.calc.SampleResources.policy;
import static felix.calc.SampleResources.policyKey;
import static felix.calc.SampleResources.profileLabels;
import static felix.calc.SampleResources.profileRules;
import static felix.calc.SampleResources.put;
import static felix.calc.SampleResources.remove;
import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.delta.TierPolicies;
import felix.model.ClusterInformation;
import felix.model.ClusterInformationKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpointKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which policies and profiles a local endpoint gets, and in which order. */
final class WorkloadPolicyTest {
  private static final WorkloadEndpointKey WEB = endpointKey(HERE, "web");
  private static final Rule ALLOW = Rule.of(RuleAction.ALLOW);

  private final TestGraph graph = new TestGraph();

  @Test
  void endpointsOfOtherHostsAreNoWorkloads() {
    graph.update(put(endpointKey("far", "x"), endpoint("10.0.0.2", Map.of(), List.of("p"))));

    assertThat(graph.dataplane.workloads).isEmpty();
    assertThat(graph.dataplane.profiles).isEmpty();
  }

  @Test
  void missingProfileDeniesAllUntilItComes() {
    putWeb(Map.of(), "p");
    var deny = List.of(ActiveRule.of(RuleAction.DENY));
    assertThat(graph.dataplane.profiles)
        .containsExactly(Map.entry("p", new ActiveRules(deny, deny)));

    graph.update(profileRules("p", Rules.ALLOW_ALL));
    var allow = List.of(ActiveRule.of(RuleAction.ALLOW));
    assertThat(graph.dataplane.profiles)
        .containsExactly(Map.entry("p", new ActiveRules(allow, allow)));

    graph.update(put(WEB, endpoint("10.0.0.1", Map.of(), List.of())));
    assertThat(graph.dataplane.profiles).isEmpty();
  }

  @Test
  void policiesGoByOrderThenById() {
    putWeb(Map.of());
    var namespaced = new PolicyKey(PolicyKind.NETWORK_POLICY, "default", "zz");
    graph.update(
        put(policyKey("none-a"), policy("all()", null, ALLOW)),
        put(policyKey("b"), policy("all()", 10.0, ALLOW)),
        put(policyKey("a"), policy("all()", 10.0, ALLOW)),
        put(namespaced, policy("all()", 10.0, ALLOW)),
        put(policyKey("z"), policy("all()", -1.5, ALLOW)));

    assertThat(webTiers())
        .containsExactly(
            new TierPolicies(
                "default",
                RuleAction.DENY,
                List.of(
                    policyKey("z"),
                    policyKey("a"),
                    policyKey("b"),
                    namespaced,
                    policyKey("none-a")),
                List.of()));
  }

  @Test
  void tiersGoByOrderThenByNameAndThoseThatDoNotExistComeLast() {
    putWeb(Map.of());
    graph.update(
        put(policyKey("p1"), policy("a-missing", "all()", null, ALLOW)),
        put(policyKey("p2"), policy("unordered", "all()", null, ALLOW)),
        put(policyKey("p3"), policy("b", "all()", null, ALLOW)),
        put(policyKey("p4"), policy("c", "all()", null, ALLOW)),
        put(policyKey("p5"), policy("default", "all()", null, ALLOW)),
        put(new TierKey("unordered"), new Tier(null, RuleAction.PASS)),
        put(new TierKey("c"), new Tier(5.0, RuleAction.DENY)),
        put(new TierKey("b"), new Tier(5.0, RuleAction.PASS)),
        put(new TierKey("unused"), new Tier(1.0, RuleAction.PASS)));

    assertThat(webTiers())
        .extracting(TierPolicies::tier)
        .containsExactly("b", "c", "default", "unordered", "a-missing");
    assertThat(webTiers())
        .extracting(TierPolicies::defaultAction)
        .containsExactly(
            RuleAction.PASS, RuleAction.DENY, RuleAction.DENY, RuleAction.PASS, RuleAction.DENY);
  }

  @Test
  void policyIsListedInItsDirectionsOnly() {
    putWeb(Map.of());
    var rules = new Rules(List.of(ALLOW), List.of(ALLOW));
    graph.update(
        put(
            policyKey("in"),
            new Policy("default", null, "all()", true, false, PolicyStage.TRACKED, false, rules)),
        put(
            policyKey("out"),
            new Policy("default", null, "all()", false, true, PolicyStage.TRACKED, false, rules)));

    assertThat(webTiers().getFirst().ingress()).containsExactly(policyKey("in"));
    assertThat(webTiers().getFirst().egress()).containsExactly(policyKey("out"));
  }

  @Test
  void inheritedLabelBringsPolicy() {
    putWeb(Map.of(), "p");
    graph.update(put(policyKey("a"), policy("team == 'x'", null, ALLOW)));
    assertThat(webTiers()).isEmpty();

    graph.update(profileLabels("p", Map.of("team", "x")));
    assertThat(webTiers()).hasSize(1);
    assertThat(graph.dataplane.policies).containsOnlyKeys(policyKey("a"));

    graph.update(profileLabels("p", Map.of("team", "y")));
    assertThat(webTiers()).isEmpty();
    assertThat(graph.dataplane.policies).isEmpty();
  }

  @Test
  void whatIsWrittenAgainAsItIsChangesNothing() {
    putWeb(Map.of());
    graph.update(put(policyKey("a"), policy("all()", 1.0, ALLOW)));

    assertNothing(graph.update(put(policyKey("a"), policy("all()", 1.0, ALLOW))));
    assertNothing(putWeb(Map.of()));
  }

  @Test
  void changedRulesLeaveTheWorkloadAlone() {
    putWeb(Map.of());
    graph.update(put(policyKey("a"), policy("all()", 1.0, ALLOW)));

    var delta = graph.update(put(policyKey("a"), policy("all()", 1.0)));

    assertThat(delta.local().workloads().isEmpty()).isTrue();
    assertThat(delta.local().policies().keys()).containsExactly(policyKey("a"));
  }

  @Test
  void datastoreIsReadyOnlyIfItSaysSo() {
    assertThat(putWeb(Map.of()).datastoreReady()).isFalse();
    var key = new ClusterInformationKey();
    assertThat(graph.update(put(key, new ClusterInformation(true))).datastoreReady()).isTrue();
    assertThat(graph.update(put(key, new ClusterInformation(false))).datastoreReady()).isFalse();
    graph.update(put(key, new ClusterInformation(true)));
    assertThat(graph.update(remove(key)).datastoreReady()).isFalse();
  }

  @Test
  void snapshotTakesAwayWhatItDoesNotHold() {
    putWeb(Map.of(), "p");
    graph.update(put(policyKey("a"), policy("all()", 1.0, ALLOW)));

    graph.replaceAll(List.of(put(WEB, endpoint("10.0.0.1", Map.of(), List.of()))));

    assertThat(graph.dataplane.workloads).containsOnlyKeys(WEB);
    assertThat(webTiers()).isEmpty();
    assertThat(graph.dataplane.policies).isEmpty();
    assertThat(graph.dataplane.profiles).isEmpty();
  }

  private DataplaneDelta putWeb(Map<String, String> labels, String... profiles) {
    return graph.update(put(WEB, endpoint("10.0.0.1", labels, List.of(profiles))));
  }

  private List<TierPolicies> webTiers() {
    ActiveWorkload web = graph.dataplane.workloads.get(WEB);
    return Objects.requireNonNull(web).tiers();
  }

  private static void assertNothing(DataplaneDelta delta) {
    assertThat(delta.local().workloads().isEmpty()).isTrue();
    assertThat(delta.local().policies().isEmpty()).isTrue();
    assertThat(delta.local().profiles().isEmpty()).isTrue();
    assertThat(delta.local().ipSets().isEmpty()).isTrue();
    assertThat(delta.local().members().isEmpty()).isTrue();
    assertThat(delta.local().configurations().isEmpty()).isTrue();
  }
}
