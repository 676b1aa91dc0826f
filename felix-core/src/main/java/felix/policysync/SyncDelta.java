package felix.policysync;

import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.DataplaneDelta;
import felix.delta.IpSetId;
import felix.delta.IpSetType;
import felix.delta.MemberChanges;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.WorkloadEndpointKey;

/**
 * The parts of a {@link DataplaneDelta} that clients may be told of. A copy: the original goes on
 * to the dataplane, which merges others into it.
 */
record SyncDelta(
    boolean datastoreReady,
    Changes<IpSetId, IpSetType> ipSets,
    MemberChanges members,
    Changes<PolicyKey, ActivePolicy> policies,
    Changes<String, ActiveRules> profiles,
    Changes<WorkloadEndpointKey, ActiveWorkload> workloads,
    Changes<ProfileLabelsKey, ProfileLabels> profileLabels) {

  /** Shares nothing with the original that can change. */
  static SyncDelta copyOf(DataplaneDelta delta) {
    var copy =
        new SyncDelta(
            delta.datastoreReady(),
            new Changes<>(),
            new MemberChanges(),
            new Changes<>(),
            new Changes<>(),
            new Changes<>(),
            new Changes<>());
    copy.ipSets.mergeLater(delta.ipSets());
    copy.members.mergeLater(delta.members());
    copy.policies.mergeLater(delta.policies());
    copy.profiles.mergeLater(delta.profiles());
    copy.workloads.mergeLater(delta.workloads());
    copy.profileLabels.mergeLater(delta.profileLabels());
    return copy;
  }

  /**
   * This delta and a later one as one. Takes over this delta's parts and changes them: use only
   * what is returned.
   */
  SyncDelta mergeLater(SyncDelta later) {
    ipSets.mergeLater(later.ipSets);
    members.mergeLater(later.members);
    policies.mergeLater(later.policies);
    profiles.mergeLater(later.profiles);
    workloads.mergeLater(later.workloads);
    profileLabels.mergeLater(later.profileLabels);
    return new SyncDelta(
        later.datastoreReady, ipSets, members, policies, profiles, workloads, profileLabels);
  }
}
