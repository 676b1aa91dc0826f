package felix.dataplane.rules;

import felix.delta.ActiveWorkload;
import felix.delta.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * What decides about one direction of a workload's traffic. About workloads with equal ones the
 * same rules decide.
 *
 * @param tiers those that have a policy for the direction
 */
public record WorkloadDecision(
    Direction direction, List<DecidingTier> tiers, List<String> profiles) {
  public WorkloadDecision {
    tiers = List.copyOf(tiers);
    profiles = List.copyOf(profiles);
  }

  public static WorkloadDecision of(ActiveWorkload workload, Direction direction) {
    return new WorkloadDecision(
        direction, DecidingTier.of(workload.tiers(), direction, Table.FILTER), workload.profiles());
  }

  /** Whether policies have a say; else it is the profiles alone. */
  boolean asksPolicies() {
    return !tiers.isEmpty();
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
}
