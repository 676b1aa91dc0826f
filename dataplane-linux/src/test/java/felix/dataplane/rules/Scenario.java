package felix.dataplane.rules;

import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.TierPolicies;
import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.RuleAction;
import felix.model.WorkloadExtras;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a host must hold, read from text. A line at the margin names a policy, a profile or a
 * workload's interface; indented lines below it give a policy's or profile's rules ({@code ingress
 * allow ...}, see {@link RuleNotation}), or a workload's {@code tier default deny in a,b out c} and
 * {@code profiles a,b}, {@code networks a,b}, {@code floating internal=external,...}, {@code spoofs
 * a,b} and {@code dscp n}. '#' at the margin begins a comment.
 */
record Scenario(
    Map<PolicyKey, ActiveRules> policies,
    Map<String, ActiveRules> profiles,
    List<ActiveWorkload> workloads) {

  static Scenario parse(String text) {
    var scenario = new Scenario(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    String head = null;
    var body = new ArrayList<String>();
    for (String line : (text + "\n#").lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      if (line.startsWith(" ")) {
        body.add(line.trim());
        continue;
      }
      if (head != null) {
        scenario.add(head, body);
      }
      head = line.startsWith("#") ? null : line.trim();
      body.clear();
    }
    return scenario;
  }

  static PolicyKey policyKey(String id) {
    int slash = id.indexOf('/');
    return slash < 0
        ? new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", id)
        : new PolicyKey(PolicyKind.NETWORK_POLICY, id.substring(0, slash), id.substring(slash + 1));
  }

  private void add(String head, List<String> body) {
    String[] words = head.split(" ", 2);
    switch (words[0]) {
      case "policy" -> policies.put(policyKey(words[1]), rules(body));
      case "profile" -> profiles.put(words[1], rules(body));
      case "workload" -> workloads.add(workload(words[1], body));
      default -> throw new IllegalArgumentException(head);
    }
  }

  private static ActiveRules rules(List<String> lines) {
    var ingress = new ArrayList<ActiveRule>();
    var egress = new ArrayList<ActiveRule>();
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      (words[0].equals("ingress") ? ingress : egress).add(RuleNotation.parse(words[1]));
    }
    return new ActiveRules(ingress, egress);
  }

  private static ActiveWorkload workload(String interfaceName, List<String> lines) {
    var tiers = new ArrayList<TierPolicies>();
    var lists = new HashMap<String, List<String>>();
    for (String line : lines) {
      var words = Arrays.asList(line.split(" ", -1));
      if (words.getFirst().equals("tier")) {
        tiers.add(
            new TierPolicies(
                words.get(1),
                RuleAction.valueOf(words.get(2).toUpperCase(Locale.ROOT)),
                keys(words, "in"),
                keys(words, "out")));
      } else {
        lists.put(words.getFirst(), List.of(words.get(1).split(",", -1)));
      }
    }
    return new ActiveWorkload(
        interfaceName,
        lists.getOrDefault("networks", List.of()).stream().map(Cidr::parse).toList(),
        null,
        tiers,
        lists.getOrDefault("profiles", List.of()),
        extras(lists));
  }

  private static WorkloadExtras extras(Map<String, List<String>> lists) {
    return new WorkloadExtras(
        lists.getOrDefault("floating", List.of()).stream().map(Scenario::translation).toList(),
        lists.getOrDefault("spoofs", List.of()).stream().map(Cidr::parse).toList(),
        lists.containsKey("dscp") ? Integer.valueOf(lists.get("dscp").getFirst()) : null);
  }

  private static AddressTranslation translation(String pair) {
    int middle = pair.indexOf('=');
    return new AddressTranslation(
        Ip.parse(pair.substring(0, middle)), Ip.parse(pair.substring(middle + 1)));
  }

  private static List<PolicyKey> keys(List<String> words, String after) {
    int at = words.indexOf(after);
    return at < 0
        ? List.of()
        : Arrays.stream(words.get(at + 1).split(",", -1)).map(Scenario::policyKey).toList();
  }
}
