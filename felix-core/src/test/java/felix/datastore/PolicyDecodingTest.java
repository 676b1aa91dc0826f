package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.EntityMatch;
import felix.model.Policy;
import felix.model.PolicyStage;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDecodingTest {
  private static final String NAMESPACED = "networkpolicies/default/default.shop-db";
  private static final String GLOBAL = "globalnetworkpolicies/default.block-ssh";

  private static Policy namespaced(String spec) {
    return Decoding.resource(Policy.class, NAMESPACED, spec);
  }

  private static Policy global(String spec) {
    return Decoding.resource(Policy.class, GLOBAL, spec);
  }

  @Test
  void readsWhatV3_14Stores() {
    assertThat(
            Decoding.resource(
                NAMESPACED,
                """
                {"kind": "NetworkPolicy", "apiVersion": "projectcalico.org/v3",
                 "metadata": {"name": "default.shop-db", "namespace": "default", "uid": "6",
                   "creationTimestamp": null},
                 "spec": {"selector": "app == 'db'", "types": ["Ingress"],
                   "ingress": [{"action": "Allow", "protocol": "TCP",
                     "source": {"selector": "app == 'shop'"}, "destination": {"ports": [5432]}}]}}
                """))
        .isEqualTo(
            new Policy(
                "default",
                null,
                "(app == \"db\" && projectcalico.org/namespace == \"default\")",
                true,
                false,
                PolicyStage.TRACKED,
                true,
                new Rules(
                    List.of(
                        new Rule(
                            RuleAction.ALLOW,
                            null,
                            Protocol.TCP,
                            null,
                            null,
                            null,
                            new EntityMatch(
                                "(projectcalico.org/namespace == \"default\" && app == \"shop\")",
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                            new EntityMatch(
                                null,
                                null,
                                List.of(),
                                List.of(),
                                List.of(PortRange.of(5432)),
                                List.of(),
                                List.of(),
                                List.of()),
                            List.of(),
                            new RuleOrigin(
                                new RuleOrigin.Side("app == 'shop'", "", "", "", List.of()),
                                RuleOrigin.Side.NONE,
                                null))),
                    List.of())));
  }

  @Test
  void readsWhatTodaysCalicoStores() {
    Policy policy =
        namespaced(
            """
            {"tier": "platform", "order": 50, "types": ["Ingress", "Egress"],
             "selector": "app == 'db' \\u0026\\u0026 env != 'test'",
             "ingress": [{"action": "Log"}], "egress": [{"action": "Pass"}]}
            """);
    assertThat(policy.tier()).isEqualTo("platform");
    assertThat(policy.order()).isEqualTo(50.0);
    assertThat(policy.selector())
        .isEqualTo(
            "((app == \"db\" && env != \"test\") && projectcalico.org/namespace == \"default\")");
    assertThat(policy.rules())
        .isEqualTo(new Rules(List.of(Rule.of(RuleAction.LOG)), List.of(Rule.of(RuleAction.PASS))));
  }

  @ParameterizedTest
  @CsvSource({
    "null, true, true",
    "[], true, true",
    "['Ingress'], true, false",
    "['Egress'], false, true",
    "['egress'; 'INGRESS'], true, true",
    "['Ingress'; 'Sideways'], true, false"
  })
  void typesSayWhichDirectionsItGoverns(String types, boolean ingress, boolean egress) {
    Policy policy = global("{\"types\": " + types.replace('\'', '"').replace(';', ',') + "}");
    assertThat(policy.ingress()).isEqualTo(ingress);
    assertThat(policy.egress()).isEqualTo(egress);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, TRACKED",
    "{\"preDNAT\": false; \"doNotTrack\": false}, TRACKED",
    "{\"preDNAT\": true}, PRE_DNAT",
    "{\"doNotTrack\": true}, UNTRACKED",
    "{\"preDNAT\": true; \"doNotTrack\": true}, UNTRACKED"
  })
  void policySaysWhereItDecides(String spec, PolicyStage stage) {
    assertThat(global(spec.replace(';', ',')).stage()).isEqualTo(stage);
  }

  @Test
  void globalPolicySaysWhetherItIsForForwardedTraffic() {
    assertThat(global("{\"applyOnForward\": true}").onForward()).isTrue();
    assertThat(global("{}").onForward()).isFalse();
  }

  /** Such a policy has no field for it. */
  @Test
  void namespacedPolicyIsForForwardedTrafficAsInV3_14() {
    assertThat(namespaced("{}").onForward()).isTrue();
    assertThat(namespaced("{\"doNotTrack\": true}").stage()).isEqualTo(PolicyStage.TRACKED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {}                                                 ~ all()
          {"selector": " all( ) "}                           ~ all()
          {"selector": "a == 'x' || b == 'y'"}               ~ (a == "x" || b == "y")
          {"namespaceSelector": "tier == 'gold'"}            ~ pcns.tier == "gold"
          {"namespaceSelector": "all()"}                     ~ has(projectcalico.org/namespace)
          {"namespaceSelector": "global()"}                  ~ !has(projectcalico.org/namespace)
          {"selector": "all()", "namespaceSelector": "has(t)"} \
          ~ (has(projectcalico.org/namespace) && has(pcns.t))
          {"selector": "has(a)", "namespaceSelector": "has(b) || has(c)"} \
          ~ (has(a) && (has(pcns.b) || has(pcns.c)))
          {"serviceAccountSelector": "all()"}                ~ has(projectcalico.org/serviceaccount)
          {"selector": "has(a)", "namespaceSelector": "has(b)", "serviceAccountSelector": "has(c)"} \
          ~ ((has(a) && has(pcns.b)) && has(pcsa.c))
          """)
  void globalSelectorsAreFolded(String spec, String selector) {
    assertThat(global(spec).selector()).isEqualTo(selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {}                       ~ projectcalico.org/namespace == "default"
          {"selector": "all()"}    ~ (all() && projectcalico.org/namespace == "default")
          {"serviceAccountSelector": "role == 'x'"} \
          ~ (projectcalico.org/namespace == "default" && pcsa.role == "x")
          {"selector": "has(a)", "serviceAccountSelector": "all()"} \
          ~ ((has(a) && projectcalico.org/namespace == "default") && all())
          """)
  void namespacedSelectorsAreFolded(String spec, String selector) {
    assertThat(namespaced(spec).selector()).isEqualTo(selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"selector": "a = 'x'"}                  ~ spec.selector
          {"selector": "a == 'x') || (b == 'y'"}   ~ spec.selector
          {"selector": ["a"]}                      ~ spec.selector
          {"namespaceSelector": "a &&"}            ~ spec.namespaceSelector
          {"serviceAccountSelector": "a &&"}       ~ spec.serviceAccountSelector
          {"order": "first"}                       ~ spec.order
          {"order": 1e999}                         ~ spec.order
          {"types": ["Sideways"]}                  ~ spec.types
          {"types": [1]}                           ~ spec.types[0]
          {"types": "Ingress"}                     ~ spec.types
          {"tier": "a b"}                          ~ spec.tier
          {"tier": 3}                              ~ spec.tier
          {"doNotTrack": "yes"}                    ~ spec.doNotTrack
          {"preDNAT": 1}                           ~ spec.preDNAT
          {"ingress": {}}                          ~ spec.ingress
          {"ingress": [[]]}                        ~ spec.ingress[0]
          {"egress": [{}, null]}                   ~ spec.egress[1]
          []                                       ~ spec
          "x"                                      ~ spec
          """)
  void badFieldIsNamed(String spec, String path) {
    assertThat(Decoding.problemOfSpec(GLOBAL, spec).field()).isEqualTo(path);
  }

  @Test
  void selectorsThatAreTooDeepTogetherAreRefused() {
    String deep = "!(".repeat(199) + "has(a)" + ")".repeat(199);
    assertThat(global("{\"selector\": \"" + deep + "\"}").selector()).hasSize(3 * 198 + 7);
    Quarantined problem = Decoding.problemOfSpec(NAMESPACED, "{\"selector\": \"" + deep + "\"}");
    assertThat(problem.field()).isEqualTo("spec");
    assertThat(problem.reason()).contains("at most 200 levels");
  }
}
