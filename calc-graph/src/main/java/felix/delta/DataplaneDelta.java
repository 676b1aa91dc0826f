package felix.delta;

import felix.latency.Stamps;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpointKey;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.WorkloadEndpointKey;

/**
 * What this host must hold, as net changes since the delta before. The first one of a process holds
 * the whole first snapshot; there is none before that.
 *
 * @param revision of the datastore up to which it speaks
 * @param datastoreReady the state now, not a change: while it is false nothing may be written to
 *     the kernel
 * @param profiles by name; a profile that an endpoint names and that does not exist denies all
 * @param hosts the host endpoints of this host
 * @param profileLabels of all profiles, passed through; only consumers of the policy sync API care
 * @param configurations settings from the datastore, passed through
 * @param stamps of the changes that it follows from, but of those that a snapshot brought
 */
public record DataplaneDelta(
    long revision,
    boolean datastoreReady,
    Changes<IpSetId, IpSetType> ipSets,
    MemberChanges members,
    Changes<PolicyKey, ActivePolicy> policies,
    Changes<String, ActiveRules> profiles,
    Changes<WorkloadEndpointKey, ActiveWorkload> workloads,
    Changes<HostEndpointKey, ActiveHost> hosts,
    Changes<ProfileLabelsKey, ProfileLabels> profileLabels,
    NetworkDelta network,
    Changes<FelixConfigurationKey, FelixConfiguration> configurations,
    Stamps stamps) {

  /** One whose changes nobody timed. */
  public DataplaneDelta(
      long revision,
      boolean datastoreReady,
      Changes<IpSetId, IpSetType> ipSets,
      MemberChanges members,
      Changes<PolicyKey, ActivePolicy> policies,
      Changes<String, ActiveRules> profiles,
      Changes<WorkloadEndpointKey, ActiveWorkload> workloads,
      Changes<HostEndpointKey, ActiveHost> hosts,
      Changes<ProfileLabelsKey, ProfileLabels> profileLabels,
      NetworkDelta network,
      Changes<FelixConfigurationKey, FelixConfiguration> configurations) {
    this(
        revision,
        datastoreReady,
        ipSets,
        members,
        policies,
        profiles,
        workloads,
        hosts,
        profileLabels,
        network,
        configurations,
        new Stamps());
  }

  /**
   * This delta and a later one as one. Takes over this delta's parts and changes them: use only
   * what is returned.
   */
  public DataplaneDelta mergeLater(DataplaneDelta later) {
    ipSets.mergeLater(later.ipSets);
    members.mergeLater(later.members);
    policies.mergeLater(later.policies);
    profiles.mergeLater(later.profiles);
    workloads.mergeLater(later.workloads);
    hosts.mergeLater(later.hosts);
    profileLabels.mergeLater(later.profileLabels);
    configurations.mergeLater(later.configurations);
    stamps.mergeLater(later.stamps);
    return new DataplaneDelta(
        later.revision,
        later.datastoreReady,
        ipSets,
        members,
        policies,
        profiles,
        workloads,
        hosts,
        profileLabels,
        network.mergeLater(later.network),
        configurations,
        stamps);
  }

  /** The same with the stamps of its changes. */
  public DataplaneDelta with(Stamps ofChanges) {
    return new DataplaneDelta(
        revision,
        datastoreReady,
        ipSets,
        members,
        policies,
        profiles,
        workloads,
        hosts,
        profileLabels,
        network,
        configurations,
        ofChanges);
  }

  /** Whether it says anything about what the kernel of this host must hold. */
  public boolean changesKernel() {
    return concernsRules() || !members.isEmpty() || !network.isEmpty();
  }

  /**
   * Whether rules or endpoints of this host change, which somebody waits for: members of sets and
   * what other hosts have come by the thousand, and may be held up.
   */
  public boolean concernsRules() {
    return !(ipSets.isEmpty()
        && policies.isEmpty()
        && profiles.isEmpty()
        && workloads.isEmpty()
        && hosts.isEmpty());
  }
}
