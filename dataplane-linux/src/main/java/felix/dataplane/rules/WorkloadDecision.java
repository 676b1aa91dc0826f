package felix.dataplane.rules;

import static felix.model.Tier.DEFAULT_NAME;

import felix.delta.ActiveWorkload;
import felix.delta.Direction;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import felix.model.RuleAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides about one direction of a workload's traffic. About workloads with equal ones the
 * same rules decide.
 *
 * @param tiers those that have a policy for the direction
 */
public record WorkloadDecision(Direction direction, List<Tier> tiers, List<String> profiles) {
  public WorkloadDecision {
    tiers = List.copyOf(tiers);
    profiles = List.copyOf(profiles);
  }

  /**
   * A tier that has a say.
   *
   * @param defaultAction what becomes of a packet that no policy decides: DENY or PASS
   * @param policies at least one
   */
  public record Tier(String name, RuleAction defaultAction, List<PolicyKey> policies) {
    public Tier {
      policies = List.copyOf(policies);
    }
  }

  public static WorkloadDecision of(ActiveWorkload workload, Direction direction) {
    return new WorkloadDecision(
        direction,
        workload.tiers().stream()
            .filter(tier -> !tier.policies(direction).isEmpty())
            .map(tier -> tier(tier, direction))
            .toList(),
        workload.profiles());
  }

  /** Whether policies have a say; else it is the profiles alone. */
  boolean asksPolicies() {
    return !tiers.isEmpty();
  }

  /**
   * What denies a packet at the end of a tier, in words that follow those for the action: empty if
   * the end passes it. A lone default tier is named as in v3.14, that is not at all.
   */
  Optional<String> endOf(Tier tier, String word) {
    if (tier.defaultAction() != RuleAction.DENY) {
      return Optional.empty();
    }
    boolean isOnlyTierOfV3_14 = tiers.size() == 1 && tier.name().equals(DEFAULT_NAME);
    String end = word + " if no policies passed packet";
    return Optional.of(isOnlyTierOfV3_14 ? end : "End of tier " + tier.name() + ". " + end);
  }

  /** All that tells it from others of the direction. */
  List<String> parts() {
    var parts = new ArrayList<String>();
    parts.add(Integer.toString(tiers.size()));
    for (var tier : tiers) {
      parts.add(tier.name());
      parts.add(tier.defaultAction().name());
      tier.policies().forEach(policy -> parts.add(ChainNames.policy(direction, policy)));
      parts.add(""); // no policy's chain
    }
    parts.addAll(profiles);
    return parts;
  }

  private static Tier tier(TierPolicies tier, Direction direction) {
    return new Tier(tier.tier(), tier.defaultAction(), tier.policies(direction));
  }
}
