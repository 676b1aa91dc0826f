package felix.policysync;

import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Change;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.LocalDelta;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.WorkloadEndpointKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All policy of this host as it is now: what the deltas add up to. Thread {@code policy-sync}. */
final class HostPolicy {
  private final Map<WorkloadEndpointKey, ActiveWorkload> workloads = new HashMap<>();
  private final Map<PolicyKey, SyncRules> policies = new HashMap<>();
  private final Map<String, SyncRules> profiles = new HashMap<>();
  private final Map<IpSetId, IpSet> ipSets = new HashMap<>();
  private final Map<ProfileLabelsKey, ProfileLabels> profileLabels = new HashMap<>();
  private boolean usable;

  private record IpSet(IpSetType type, Set<IpSetMember> members) {}

  void apply(SyncDelta delta) {
    usable = delta.datastoreReady();
    LocalDelta local = delta.local();
    local.workloads().applyTo(workloads);
    local.profileLabels().applyTo(profileLabels);
    local.policies().forEach(this::take);
    local.profiles().forEach(this::takeProfile);
    local.ipSets().forEach(this::takeSet);
    for (var ofSet : local.members().all()) {
      IpSet ipSet = ipSets.get(ofSet.getKey());
      if (ipSet != null) {
        ipSet.members.removeAll(ofSet.getValue().removed());
        ipSet.members.addAll(ofSet.getValue().added());
      }
    }
  }

  /**
   * Whether clients may be told of it: it is complete, and the datastore says that it can be relied
   * on.
   */
  boolean isUsable() {
    return usable;
  }

  @Nullable ActiveWorkload workload(WorkloadEndpointKey key) {
    return workloads.get(key);
  }

  /** Of a policy that a workload has. */
  SyncRules policy(PolicyKey key) {
    return Objects.requireNonNull(policies.get(key), () -> "no rules of policy " + key);
  }

  /** Of a profile that a workload names. */
  SyncRules profile(String name) {
    return Objects.requireNonNull(profiles.get(name), () -> "no rules of profile " + name);
  }

  /** Of a set that some rule names. */
  IpSetType type(IpSetId id) {
    return ipSet(id).type;
  }

  /** Likewise. */
  Set<IpSetMember> members(IpSetId id) {
    return Collections.unmodifiableSet(ipSet(id).members);
  }

  Map<ProfileLabelsKey, ProfileLabels> profileLabels() {
    return Collections.unmodifiableMap(profileLabels);
  }

  private IpSet ipSet(IpSetId id) {
    return Objects.requireNonNull(ipSets.get(id), () -> "no IP set " + id);
  }

  private void take(Change<PolicyKey, ActivePolicy> change) {
    ActivePolicy policy = change.after();
    if (policy == null) {
      policies.remove(change.key());
    } else {
      policies.put(change.key(), new SyncRules(policy.rules()));
    }
  }

  private void takeProfile(Change<String, ActiveRules> change) {
    ActiveRules rules = change.after();
    if (rules == null) {
      profiles.remove(change.key());
    } else {
      profiles.put(change.key(), new SyncRules(rules));
    }
  }

  private void takeSet(Change<IpSetId, IpSetType> change) {
    IpSetType type = change.after();
    if (type == null) {
      ipSets.remove(change.key());
    } else {
      ipSets.put(change.key(), new IpSet(type, new LinkedHashSet<>()));
    }
  }
}
