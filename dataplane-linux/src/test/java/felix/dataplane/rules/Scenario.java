package felix.dataplane.rules;

import static java.util.Objects.requireNonNull;

import felix.delta.ActiveHost;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.TierPolicies;
import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.RuleAction;
import felix.model.WorkloadExtras;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a host must hold, read from text. A line at the margin names a policy, a profile or a
 * workload's interface; indented lines below it give a policy's or profile's rules ({@code ingress
 * allow ...}, see {@link RuleNotation}), or a workload's {@code tier default deny in a,b out c} and
 * {@code profiles a,b}, {@code networks a,b}, {@code floating internal=external,...}, {@code spoofs
 * a,b} and {@code dscp n}. A policy may be of another stage: {@code policy a untracked}, {@code
 * policy a prednat}. A host's interface ({@code host eth0}, {@code host *} for all that have none
 * of their own) may also have {@code untracked tier ...}, {@code prednat tier ...} and {@code
 * forward tier ...}. '#' at the margin begins a comment.
 *
 * @param hosts by interface
 */
record Scenario(
    Map<PolicyKey, ActivePolicy> policies,
    Map<String, ActiveRules> profiles,
    List<ActiveWorkload> workloads,
    Map<String, ActiveHost> hosts) {

  private static final Map<String, PolicyStage> STAGES =
      Map.of("untracked", PolicyStage.UNTRACKED, "prednat", PolicyStage.PRE_DNAT);

  static Scenario parse(String text) {
    var scenario =
        new Scenario(
            new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
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
    String[] words = head.split(" ", 3);
    switch (words[0]) {
      case "policy" -> {
        var stage = words.length > 2 ? STAGES.get(words[2]) : PolicyStage.TRACKED;
        policies.put(
            policyKey(words[1]), new ActivePolicy("default", requireNonNull(stage), rules(body)));
      }
      case "profile" -> profiles.put(words[1], rules(body));
      case "workload" -> workloads.add(workload(words[1], body));
      case "host" ->
          hosts.put(words[1].equals("*") ? ChainNames.ANY_INTERFACE : words[1], host(body));
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
    return new ActiveWorkload(
        interfaceName,
        list("networks", lines).stream().map(Cidr::parse).toList(),
        null,
        tiers("", lines),
        list("profiles", lines),
        extras(lines));
  }

  private static WorkloadExtras extras(List<String> lines) {
    return new WorkloadExtras(
        list("floating", lines).stream().map(Scenario::translation).toList(),
        list("spoofs", lines).stream().map(Cidr::parse).toList(),
        list("dscp", lines).stream().map(Integer::valueOf).findFirst().orElse(null));
  }

  private static AddressTranslation translation(String pair) {
    int middle = pair.indexOf('=');
    return new AddressTranslation(
        Ip.parse(pair.substring(0, middle)), Ip.parse(pair.substring(middle + 1)));
  }

  private static ActiveHost host(List<String> lines) {
    var policies =
        new ActiveHost.Policies(
            tiers("untracked ", lines),
            tiers("prednat ", lines),
            tiers("forward ", lines),
            tiers("", lines));
    return new ActiveHost(null, List.of(), policies, list("profiles", lines), null);
  }

  private static List<TierPolicies> tiers(String stage, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(stage + "tier "))
        .map(line -> tier(Arrays.asList(line.substring(stage.length()).split(" ", -1))))
        .toList();
  }

  private static TierPolicies tier(List<String> words) {
    return new TierPolicies(
        words.get(1),
        RuleAction.valueOf(words.get(2).toUpperCase(Locale.ROOT)),
        keys(words, "in"),
        keys(words, "out"));
  }

  private static List<String> list(String word, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(word + " "))
        .flatMap(line -> Arrays.stream(line.substring(word.length() + 1).split(",", -1)))
        .toList();
  }

  private static List<PolicyKey> keys(List<String> words, String after) {
    int at = words.indexOf(after);
    return at < 0
        ? List.of()
        : Arrays.stream(words.get(at + 1).split(",", -1)).map(Scenario::policyKey).toList();
  }
}
