package felix.dataplane.manager;

import felix.delta.ActiveHost;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.delta.Direction;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which policies endpoints of this host ask for which direction. */
final class PolicyUses {
  /** How often; at least once. */
  private final Map<Use, Integer> counts = new HashMap<>();

  /** That a policy is asked for a direction. */
  record Use(PolicyKey policy, Direction direction) {}

  /**
   * Takes over what endpoints ask.
   *
   * @return what is asked and was not before, or no more
   */
  Set<Use> absorb(DataplaneDelta delta) {
    var changed = new HashSet<Use>();
    for (var change : delta.local().workloads()) {
      add(tiers(change.after()), changed);
      subtract(tiers(change.before()), changed);
    }
    for (var change : delta.local().hosts()) {
      add(tiers(change.after()), changed);
      subtract(tiers(change.before()), changed);
    }
    return changed;
  }

  boolean contain(Use use) {
    return counts.containsKey(use);
  }

  private void add(List<TierPolicies> tiers, Set<Use> changed) {
    uses(tiers).filter(use -> counts.merge(use, 1, Integer::sum) == 1).forEach(changed::add);
  }

  private void subtract(List<TierPolicies> tiers, Set<Use> changed) {
    uses(tiers)
        .filter(use -> counts.computeIfPresent(use, (u, n) -> n == 1 ? null : n - 1) == null)
        .forEach(changed::add);
  }

  private static Stream<Use> uses(List<TierPolicies> tiers) {
    return tiers.stream()
        .flatMap(
            tier ->
                Stream.of(Direction.values())
                    .flatMap(
                        direction ->
                            tier.policies(direction).stream().map(key -> new Use(key, direction))));
  }

  private static List<TierPolicies> tiers(@Nullable ActiveWorkload workload) {
    return workload == null ? List.of() : workload.tiers();
  }

  private static List<TierPolicies> tiers(@Nullable ActiveHost host) {
    if (host == null) {
      return List.of();
    }
    var policies = host.policies();
    return Stream.of(
            policies.untracked(), policies.preDnat(), policies.forwarded(), policies.tracked())
        .flatMap(List::stream)
        .toList();
  }
}
