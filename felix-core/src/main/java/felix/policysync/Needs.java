package felix.policysync;

import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one workload's client must hold beside the workload itself.
 *
 * @param ipSets all that the rules of the others name
 */
record Needs(
    Map<PolicyRef, SyncRules> policies, Map<String, SyncRules> profiles, Set<IpSetId> ipSets) {
  /** Of a workload that there is not. */
  static final Needs NONE = new Needs(Map.of(), Map.of(), Set.of());

  static Needs of(ActiveWorkload workload, HostPolicy host) {
    var needs = new Needs(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    for (TierPolicies tier : workload.tiers()) {
      needs.add(tier.tier(), tier.ingress(), host);
      needs.add(tier.tier(), tier.egress(), host);
    }
    workload.profiles().forEach(name -> needs.profiles.put(name, host.profile(name)));
    needs.policies.values().forEach(rules -> needs.ipSets.addAll(rules.ipSets()));
    needs.profiles.values().forEach(rules -> needs.ipSets.addAll(rules.ipSets()));
    return needs;
  }

  private void add(String tier, Collection<PolicyKey> keys, HostPolicy host) {
    keys.forEach(key -> policies.put(new PolicyRef(tier, key), host.policy(key)));
  }
}
