package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.CalcGraph;
import felix.calc.GraphSettings;
import felix.calc.ResourceStore;
import felix.delta.ActiveEntity;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.delta.IpSetId;
import felix.model.ResourceUpdate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From what is stored to whom a rule matches: namespaces and service accounts are known by the
 * labels that their profiles give, which selectors find under other names.
 */
class FoldedSelectorsTest {
  private final List<ResourceUpdate> resources = new ArrayList<>();

  FoldedSelectorsTest() {
    put("profiles/kns.prod", "{}", "{\"labelsToApply\": {\"pcns.tier\": \"gold\"}}");
    put("profiles/kns.test", "{}", "{\"labelsToApply\": {\"pcns.tier\": \"lead\"}}");
    put("profiles/ksa.prod.robot", "{}", "{\"labelsToApply\": {\"pcsa.role\": \"deploy\"}}");
    workload("prod", "a", "10.0.0.1", "\"kns.prod\", \"ksa.prod.robot\"", "robot");
    workload("prod", "b", "10.0.0.2", "\"kns.prod\"", "");
    workload("test", "c", "10.0.0.3", "\"kns.test\"", "robot");
    put("networksets/prod/partners", "{}", "{\"nets\": [\"192.0.2.0/24\"]}");
    put("globalnetworksets/world", "{}", "{\"nets\": [\"198.51.100.0/24\"]}");
    put(
        "hostendpoints/h",
        "{\"labels\": {\"tier\": \"gold\"}}",
        "{\"node\": \"other\", \"interfaceName\": \"eth0\", \"expectedIPs\": [\"10.9.0.1\"]}");
  }

  private void put(String path, String metadata, String spec) {
    resources.addAll(
        Decoding.updates(path, "{\"metadata\": %s, \"spec\": %s}".formatted(metadata, spec)));
  }

  private void workload(
      String namespace, String name, String ip, String profiles, String serviceAccount) {
    put(
        "workloadendpoints/%s/here-k8s-%s-eth0".formatted(namespace, name),
        "{\"labels\": {\"projectcalico.org/namespace\": \"%s\"}}".formatted(namespace),
        """
        {"interfaceName": "cali%s", "ipNetworks": ["%s"], "profiles": [%s],
         "serviceAccountName": "%s"}
        """
            .formatted(name, ip, profiles, serviceAccount));
  }

  private DataplaneDelta apply() {
    var store = new ResourceStore();
    var graph = new CalcGraph(GraphSettings.defaults("here"), store);
    return graph.apply(store.apply(1, resources));
  }

  /** Whom the source of the only rule matches. */
  private Set<String> sources(String path, String entity) {
    put(path, "{}", "{\"ingress\": [{\"action\": \"Allow\", \"source\": %s}]}".formatted(entity));
    DataplaneDelta delta = apply();
    ActiveEntity source =
        Objects.requireNonNull(
                delta.local().policies().iterator().next().after(), "no policy is active")
            .rules()
            .ingress()
            .getFirst()
            .source();
    IpSetId set = source.ipSets().getFirst();
    return delta.local().members().all().stream()
        .filter(entry -> entry.getKey().equals(set))
        .flatMap(entry -> entry.getValue().added().stream())
        .map(member -> member.toString().replaceAll(".*?([0-9.]+/[0-9]+).*", "$1"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"selector": "all()"}                                   ~ 10.0.0.1/32 10.0.0.2/32 192.0.2.0/24
          {"namespaceSelector": "all()"}                          ~ 10.0.0.1/32 10.0.0.2/32 10.0.0.3/32 192.0.2.0/24
          {"namespaceSelector": "tier == 'gold'"}                 ~ 10.0.0.1/32 10.0.0.2/32 192.0.2.0/24
          {"namespaceSelector": "tier == 'lead'"}                 ~ 10.0.0.3/32
          {"namespaceSelector": "global()"}                       ~ 198.51.100.0/24 10.9.0.1/32
          {"namespaceSelector": "tier != 'gold'"}                 ~ 10.0.0.3/32 198.51.100.0/24 10.9.0.1/32
          {"serviceAccounts": {"names": ["robot"]}}               ~ 10.0.0.1/32
          {"serviceAccounts": {"selector": "role == 'deploy'"}}   ~ 10.0.0.1/32
          {"serviceAccounts": {"names": ["robot"]}, "namespaceSelector": "all()"} ~ 10.0.0.1/32 10.0.0.3/32
          {"notSelector": "has(projectcalico.org/serviceaccount)"} ~ 10.0.0.2/32 192.0.2.0/24
          """)
  void ruleOfANamespaceMatches(String entity, String members) {
    assertThat(sources("networkpolicies/prod/default.x", entity))
        .isEqualTo(Set.of(members.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"selector": "all()"}                     ~ 10.0.0.1/32 10.0.0.2/32 10.0.0.3/32 192.0.2.0/24 198.51.100.0/24 10.9.0.1/32
          {"selector": "tier == 'gold'"}            ~ 10.9.0.1/32
          {"namespaceSelector": "tier == 'gold'"}   ~ 10.0.0.1/32 10.0.0.2/32 192.0.2.0/24
          {"serviceAccounts": {"names": ["robot", "other"]}} ~ 10.0.0.1/32 10.0.0.3/32
          """)
  void globalRuleMatches(String entity, String members) {
    assertThat(sources("globalnetworkpolicies/default.x", entity))
        .isEqualTo(Set.of(members.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"namespaceSelector": "tier == 'gold'"}           ~ prod/a prod/b
          {"namespaceSelector": "all()"}                    ~ prod/a prod/b test/c
          {"namespaceSelector": "global()"}                 ~ -
          {"serviceAccountSelector": "role == 'deploy'"}    ~ prod/a
          {"serviceAccountSelector": "all()"}               ~ prod/a test/c
          """)
  void globalPolicyIsFor(String spec, String workloads) {
    put("globalnetworkpolicies/default.x", "{}", spec);
    DataplaneDelta delta = apply();
    var governed = new HashSet<String>();
    for (var change : delta.local().workloads()) {
      ActiveWorkload workload = change.after();
      if (workload != null && !workload.tiers().isEmpty()) {
        governed.add(change.key().workload());
      }
    }
    assertThat(governed).isEqualTo(workloads.equals("-") ? Set.of() : Set.of(workloads.split(" ")));
  }

  /** Who is in a namespace cannot be told by a label that a workload gives itself. */
  @Test
  void workloadCannotPretendToBeInANamespace() {
    put(
        "workloadendpoints/test/here-k8s-liar-eth0",
        "{\"labels\": {\"pcns.tier\": \"gold\", \"projectcalico.org/namespace\": \"test\"}}",
        "{\"interfaceName\": \"caliliar\", \"ipNetworks\": [\"10.0.0.66\"]}");
    assertThat(
            sources(
                "globalnetworkpolicies/default.x", "{\"namespaceSelector\": \"tier == 'gold'\"}"))
        .doesNotContain("10.0.0.66/32");
  }
}
