package felix.datastore;

import felix.model.Policy;
import felix.model.PolicyStage;
import felix.model.Tier;
import java.util.List;
import java.util.Set;

/** NetworkPolicy and GlobalNetworkPolicy. */
final class PolicyDecoder {
  private static final Set<String> TYPES = Set.of("ingress", "egress");

  private PolicyDecoder() {}

  static Policy namespaced(Json policy, String namespace) {
    Json spec = policy.get("spec");
    return decode(
        spec,
        namespace,
        SelectorRewriting.ofNetworkPolicy(spec, namespace),
        Reach.OF_NETWORK_POLICY);
  }

  static Policy global(Json policy) {
    Json spec = policy.get("spec");
    var reach = new Reach(stage(spec), spec.get("applyOnForward").isTrue());
    return decode(spec, "", SelectorRewriting.ofGlobalNetworkPolicy(spec), reach);
  }

  /** Where it decides at host endpoints. */
  private record Reach(PolicyStage stage, boolean onForward) {
    /** Host endpoints that such a policy selects meet it when they forward, too: as in v3.14. */
    static final Reach OF_NETWORK_POLICY = new Reach(PolicyStage.TRACKED, true);
  }

  /** Of one that claims to be both, untracked counts, as in Felix. */
  private static PolicyStage stage(Json spec) {
    if (spec.get("doNotTrack").isTrue()) {
      return PolicyStage.UNTRACKED;
    }
    return spec.get("preDNAT").isTrue() ? PolicyStage.PRE_DNAT : PolicyStage.TRACKED;
  }

  private static Policy decode(Json spec, String namespace, String selector, Reach reach) {
    List<String> types = types(spec.get("types"));
    return new Policy(
        tier(spec.get("tier")),
        spec.get("order").numberOrNull(),
        selector,
        types.isEmpty() || types.contains("ingress"),
        types.isEmpty() || types.contains("egress"),
        reach.stage,
        reach.onForward,
        RuleDecoder.rules(spec, namespace));
  }

  private static String tier(Json tier) {
    return tier.hasText() ? Interned.text(tier.parsed(Names::parse)) : Tier.DEFAULT_NAME;
  }

  /**
   * In lower case. As in Felix, one that is unknown does not count; but if all are, the policy
   * would do nothing, and nobody can have meant that.
   */
  private static List<String> types(Json types) {
    List<String> given = types.parsedItems(Ascii::toLowerCase);
    if (!given.isEmpty() && given.stream().noneMatch(TYPES::contains)) {
      throw types.bad("neither Ingress nor Egress");
    }
    return given;
  }
}
