package felix.dataplane.rules;

import static felix.model.Tier.DEFAULT_NAME;

import felix.delta.Direction;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import felix.model.RuleAction;
import java.util.List;
import java.util.Optional;

/**
 * A tier that has a say about packets of one direction.
 *
 * @param defaultAction what becomes of a packet that no policy decides: DENY or PASS
 * @param policies at least one
 * @param isNamed whether comments name it; not if it is all that there is in v3.14, the default
 *     tier alone and with the end that it has there
 */
public record DecidingTier(
    String name, RuleAction defaultAction, List<PolicyKey> policies, boolean isNamed) {
  public DecidingTier {
    policies = List.copyOf(policies);
  }

  /** Of the tiers of an endpoint those that have a policy for the direction, in order. */
  static List<DecidingTier> of(List<TierPolicies> all, Direction direction, Table table) {
    var deciding = all.stream().filter(tier -> !tier.policies(direction).isEmpty()).toList();
    boolean named = deciding.size() != 1 || !isOfV3_14(deciding.getFirst(), table);
    return deciding.stream()
        .map(
            tier ->
                new DecidingTier(
                    tier.tier(), tier.defaultAction(), tier.policies(direction), named))
        .toList();
  }

  /** What stands before its policies, in words. */
  String start() {
    return isNamed ? "Start of tier " + name : "Start of policies";
  }

  /**
   * What denies a packet at its end, in words that follow those for the action: empty if the end
   * passes it.
   */
  Optional<String> end(String word) {
    String end = word + " if no policies passed packet";
    return defaultAction == RuleAction.DENY
        ? Optional.of(isNamed ? "End of tier " + name + ". " + end : end)
        : Optional.empty();
  }

  /** In the raw and the mangle table all tiers pass what no policy decides. */
  private static boolean isOfV3_14(TierPolicies tier, Table table) {
    var end = table == Table.FILTER ? RuleAction.DENY : RuleAction.PASS;
    return tier.tier().equals(DEFAULT_NAME) && tier.defaultAction() == end;
  }
}
