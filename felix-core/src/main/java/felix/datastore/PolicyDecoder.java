package felix.datastore;

import felix.model.Policy;
import felix.model.Tier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** NetworkPolicy and GlobalNetworkPolicy. */
final class PolicyDecoder {
  private static final Set<String> TYPES = Set.of("ingress", "egress");

  private PolicyDecoder() {}

  static Policy namespaced(Json policy, String namespace) {
    Json spec = policy.get("spec");
    return decode(spec, namespace, SelectorRewriting.ofNetworkPolicy(spec, namespace));
  }

  /** Null if it is for host endpoints only: no workload's packet ever meets its rules. */
  static @Nullable Policy global(Json policy) {
    Json spec = policy.get("spec");
    Policy decoded = decode(spec, "", SelectorRewriting.ofGlobalNetworkPolicy(spec));
    boolean untracked = spec.get("doNotTrack").isTrue();
    boolean preDnat = spec.get("preDNAT").isTrue();
    return untracked || preDnat ? null : decoded;
  }

  private static Policy decode(Json spec, String namespace, String selector) {
    List<String> types = types(spec.get("types"));
    return new Policy(
        tier(spec.get("tier")),
        spec.get("order").numberOrNull(),
        selector,
        types.isEmpty() || types.contains("ingress"),
        types.isEmpty() || types.contains("egress"),
        RuleDecoder.rules(spec, namespace));
  }

  private static String tier(Json tier) {
    return tier.textOr("").isEmpty() ? Tier.DEFAULT_NAME : Interned.text(tier.parsed(Names::parse));
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
