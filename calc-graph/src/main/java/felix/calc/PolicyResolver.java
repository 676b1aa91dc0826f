package felix.calc;

import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives each local endpoint its policies in order. */
final class PolicyResolver {
  private final Resources resources;
  private final PolicySorter sorter;
  private final Map<WorkloadEndpointKey, ActiveWorkload> resolved = new HashMap<>();

  PolicyResolver(Resources resources) {
    this.resources = resources;
    this.sorter = new PolicySorter(resources);
  }

  Changes<WorkloadEndpointKey, ActiveWorkload> apply(
      Changes<WorkloadEndpointKey, WorkloadEndpoint> local,
      PolicyMatches matches,
      Changes<TierKey, Tier> tiers) {
    var dirty = new LinkedHashSet<>(local.keys());
    dirty.addAll(matches.endpoints());
    if (!tiers.isEmpty()) {
      dirty.addAll(resolved.keySet());
    }
    // Endpoints that the same selectors match have the same policies, and share them.
    var tiersBySelectors = new HashMap<Set<String>, List<TierPolicies>>();
    var changes = new Changes<WorkloadEndpointKey, ActiveWorkload>();
    for (WorkloadEndpointKey key : dirty) {
      WorkloadEndpoint endpoint = resources.endpoints().get(key);
      ActiveWorkload after = null;
      if (endpoint != null) {
        var tierPolicies =
            tiersBySelectors.computeIfAbsent(
                matches.now().selectorsOf(key), selectors -> sort(selectors, matches.now()));
        after = activeWorkload(endpoint, tierPolicies);
      }
      changes.record(key, replace(key, after), after);
    }
    return changes;
  }

  private List<TierPolicies> sort(Set<String> selectors, PolicyMatches.Now now) {
    var policies = new ArrayList<PolicyKey>();
    selectors.forEach(selector -> policies.addAll(now.policiesWith(selector)));
    return sorter.sort(policies);
  }

  private static ActiveWorkload activeWorkload(
      WorkloadEndpoint endpoint, List<TierPolicies> tiers) {
    return new ActiveWorkload(
        endpoint.interfaceName(), endpoint.networks(), endpoint.mac(), tiers, endpoint.profiles());
  }

  private @Nullable ActiveWorkload replace(
      WorkloadEndpointKey key, @Nullable ActiveWorkload workload) {
    return workload == null ? resolved.remove(key) : resolved.put(key, workload);
  }
}
