package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import felix.model.ClusterInformation;
import felix.model.Labels;
import felix.model.NetworkSet;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.Rules;
import felix.model.Tier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherKindsDecodingTest {
  @Test
  void profileBecomesRulesAndLabels() {
    assertThat(
            Decoding.updates(
                "profiles/calico",
                """
                {"kind": "Profile", "metadata": {"name": "calico"},
                 "spec": {"ingress": [{"action": "Allow", "source": {}, "destination": {}}],
                   "egress": [{"action": "Deny"}], "labelsToApply": {"calico": ""}}}
                """))
        .containsExactly(
            new ResourceUpdate(
                new ProfileRulesKey("calico"),
                new Rules(List.of(Rule.of(RuleAction.ALLOW)), List.of(Rule.of(RuleAction.DENY)))),
            new ResourceUpdate(
                new ProfileLabelsKey("calico"),
                new ProfileLabels(Labels.of(Map.of("calico", "")))));
  }

  @Test
  void profileWithoutLabelsHasNone() {
    assertThat(Decoding.updates("profiles/p", "{\"spec\": {\"labelsToApply\": {}}}"))
        .containsExactly(
            new ResourceUpdate(new ProfileRulesKey("p"), new Rules(List.of(), List.of())),
            new ResourceUpdate(new ProfileLabelsKey("p"), null));
  }

  @Test
  void badProfileIsAbsentAsAWhole() {
    Decoded decoded =
        Decoding.decodeSpec("profiles/p", "{\"ingress\": [], \"labelsToApply\": {\"a\": 1}}");
    assertThat(decoded.updates())
        .containsExactly(
            new ResourceUpdate(new ProfileRulesKey("p"), null),
            new ResourceUpdate(new ProfileLabelsKey("p"), null));
    assertThat(decoded.problem())
        .isEqualTo(
            new Quarantined(
                KeyPath.ROOT + "profiles/p", "spec.labelsToApply.a", "expected a string, found 1"));
  }

  @Test
  void networkSetIsInItsNamespace() {
    assertThat(
            Decoding.resource(
                "networksets/default/partners",
                """
                {"metadata": {"labels": {"kind": "partner", "projectcalico.org/namespace": "x"}},
                 "spec": {"nets": ["198.51.100.7/24", "203.0.113.4"]}}
                """))
        .isEqualTo(
            new NetworkSet(
                List.of(Cidr.parse("198.51.100.0/24"), Cidr.parse("203.0.113.4/32")),
                List.of("kns.default"),
                Labels.of(Map.of("kind", "partner", "projectcalico.org/namespace", "default"))));
  }

  @Test
  void globalNetworkSetIsInNone() {
    assertThat(
            Decoding.resource(
                "globalnetworksets/all",
                "{\"metadata\": {\"labels\": {\"a\": \"b\"}}, \"spec\": {\"nets\": [\"::/0\"]}}"))
        .isEqualTo(
            new NetworkSet(List.of(Cidr.parse("::/0")), List.of(), Labels.of(Map.of("a", "b"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"spec": {"nets": ["x"]}}                     ~ spec.nets[0]
          {"spec": {"nets": [7]}}                       ~ spec.nets[0]
          {"metadata": {"labels": {"a": "b c"}}}        ~ metadata.labels.a
          {"metadata": {"labels": {"a b": "c"}}}        ~ metadata.labels.a b
          {"metadata": {"labels": []}}                  ~ metadata.labels
          {"metadata": 1}                               ~ metadata
          {"kind": "NetworkSet", "spec": {}}            ~ kind
          {"kind": 1}                                   ~ kind
          """)
  void badFieldOfANetworkSetIsNamed(String json, String path) {
    assertThat(Decoding.problem("globalnetworksets/s", json).field()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      nullValues = "-",
      textBlock =
          """
          {}                                        ~ -         ~ DENY
          {"order": 1000000, "defaultAction": "Deny"} ~ 1000000.0 ~ DENY
          {"order": -0.5, "defaultAction": "Pass"}  ~ -0.5      ~ PASS
          {"defaultAction": "Allow"}                ~ -         ~ DENY
          """)
  void readsTiers(String spec, Double order, RuleAction defaultAction) {
    assertThat(Decoding.resource(Tier.class, "tiers/t", spec))
        .isEqualTo(new Tier(order, defaultAction));
  }

  @Test
  void clusterIsReadyOnlyIfItSaysSo() {
    String path = "clusterinformations/default";
    assertThat(Decoding.resource(ClusterInformation.class, path, "{\"datastoreReady\": true}"))
        .isEqualTo(new ClusterInformation(true));
    assertThat(Decoding.resource(ClusterInformation.class, path, "{\"datastoreReady\": false}"))
        .isEqualTo(new ClusterInformation(false));
    assertThat(Decoding.resource(ClusterInformation.class, path, "{\"clusterType\": \"mesos\"}"))
        .isEqualTo(new ClusterInformation(false));
    assertThat(Decoding.problemOfSpec(path, "{\"datastoreReady\": \"true\"}").field())
        .isEqualTo("spec.datastoreReady");
  }
}
