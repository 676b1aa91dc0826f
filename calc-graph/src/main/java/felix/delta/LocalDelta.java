package felix.delta;

import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpointKey;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.WorkloadEndpointKey;

/**
 * What changed of the endpoints of this host and of what they need, and what is passed through.
 *
 * @param profiles by name; a profile that an endpoint names and that does not exist denies all
 * @param hosts the host endpoints of this host
 * @param profileLabels of all profiles, passed through; only consumers of the policy sync API care
 * @param configurations settings from the datastore, passed through
 */
public record LocalDelta(
    Changes<IpSetId, IpSetType> ipSets,
    MemberChanges members,
    Changes<PolicyKey, ActivePolicy> policies,
    Changes<String, ActiveRules> profiles,
    Changes<WorkloadEndpointKey, ActiveWorkload> workloads,
    Changes<HostEndpointKey, ActiveHost> hosts,
    Changes<ProfileLabelsKey, ProfileLabels> profileLabels,
    Changes<FelixConfigurationKey, FelixConfiguration> configurations) {

  /** No change. */
  public static LocalDelta none() {
    return new LocalDelta(
        new Changes<>(),
        new MemberChanges(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>());
  }

  /** Takes a later one into this one. */
  public void mergeLater(LocalDelta later) {
    ipSets.mergeLater(later.ipSets);
    members.mergeLater(later.members);
    policies.mergeLater(later.policies);
    profiles.mergeLater(later.profiles);
    workloads.mergeLater(later.workloads);
    hosts.mergeLater(later.hosts);
    profileLabels.mergeLater(later.profileLabels);
    configurations.mergeLater(later.configurations);
  }

  /** As {@link DataplaneDelta#concernsRules}. */
  boolean concernsRules() {
    return !(ipSets.isEmpty()
        && policies.isEmpty()
        && profiles.isEmpty()
        && workloads.isEmpty()
        && hosts.isEmpty());
  }
}
