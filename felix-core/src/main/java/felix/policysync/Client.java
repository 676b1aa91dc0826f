package felix.policysync;

import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.IpSetId;
import felix.delta.MemberChanges;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.WorkloadEndpointKey;
import felix.policysync.Message.InSync;
import felix.policysync.Message.IpSetRemove;
import felix.policysync.Message.PolicyRemove;
import felix.policysync.Message.PolicyUpdate;
import felix.policysync.Message.ProfileRemove;
import felix.policysync.Message.ProfileUpdate;
import felix.policysync.Message.WorkloadRemove;
import felix.policysync.Message.WorkloadUpdate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stream, and what was told on it. What to say next is found by comparing that with what the
 * workload needs now, so a client that was slow is told the outcome and not the way there. What is
 * needed is told before what needs it, and taken back after. Thread {@code policy-sync}.
 */
final class Client {
  private final WorkloadEndpointKey key;
  private final Outlet outlet;
  private @Nullable ActiveWorkload toldWorkload;
  private Needs told = Needs.NONE;
  private boolean toldInSync;

  /** Of sets that were told; not told yet. */
  private MemberChanges members = new MemberChanges();

  /** Not told yet. */
  private Changes<ProfileLabelsKey, ProfileLabels> labels = new Changes<>();

  Client(WorkloadEndpointKey key, Outlet outlet) {
    this.key = key;
    this.outlet = outlet;
  }

  WorkloadEndpointKey key() {
    return key;
  }

  /** To be told all that there is. */
  void begin(HostPolicy host) {
    host.profileLabels().forEach((profile, value) -> labels.record(profile, null, value));
  }

  /** Notes what there will be to tell when the delta has been applied. */
  void note(SyncDelta delta) {
    labels.mergeLater(delta.local().profileLabels());
    for (var ofSet : delta.local().members().all()) {
      IpSetId id = ofSet.getKey();
      if (told.ipSets().contains(id)) {
        ofSet.getValue().removed().forEach(member -> members.remove(id, member));
        ofSet.getValue().added().forEach(member -> members.add(id, member));
      }
    }
  }

  /**
   * Tells all that there is to tell, if the client can take it.
   *
   * @return whether there may be more at a later time
   */
  boolean tell(HostPolicy host) {
    if (!host.isUsable() || !outlet.isReady()) {
      return true;
    }
    ActiveWorkload workload = host.workload(key);
    if (workload == null && toldWorkload != null) {
      outlet.send(new WorkloadRemove(key));
      outlet.end();
      return false;
    }
    if (workload != null) {
      tell(workload, Needs.of(workload, host), host);
    }
    labels.forEach(change -> LabelMessages.of(change).ifPresent(outlet::send));
    labels = new Changes<>();
    if (!toldInSync) {
      outlet.send(new InSync());
      toldInSync = true;
    }
    return true;
  }

  /** Another client has come for the workload. */
  void end() {
    outlet.end();
  }

  private void tell(ActiveWorkload workload, Needs needs, HostPolicy host) {
    tellMembers(needs.ipSets(), host);
    needs.policies().forEach(this::tellPolicy);
    needs.profiles().forEach(this::tellProfile);
    if (!workload.equals(toldWorkload)) {
      outlet.send(new WorkloadUpdate(key, workload));
    }
    takeBack(needs);
    toldWorkload = workload;
    told = needs;
  }

  private void tellMembers(Set<IpSetId> needed, HostPolicy host) {
    for (IpSetId id : needed) {
      if (!told.ipSets().contains(id)) {
        MemberMessages.all(id, host.type(id), host.members(id), outlet::send);
      }
    }
    for (var ofSet : members.all()) {
      if (needed.contains(ofSet.getKey())) {
        MemberMessages.changes(ofSet.getKey(), ofSet.getValue(), outlet::send);
      }
    }
    members = new MemberChanges();
  }

  private void tellPolicy(PolicyRef policy, SyncRules rules) {
    if (told.policies().get(policy) != rules) {
      outlet.send(new PolicyUpdate(policy, rules.rules()));
    }
  }

  private void tellProfile(String name, SyncRules rules) {
    if (told.profiles().get(name) != rules) {
      outlet.send(new ProfileUpdate(name, rules.rules()));
    }
  }

  private void takeBack(Needs needs) {
    for (PolicyRef policy : told.policies().keySet()) {
      if (!needs.policies().containsKey(policy)) {
        outlet.send(new PolicyRemove(policy));
      }
    }
    for (String name : told.profiles().keySet()) {
      if (!needs.profiles().containsKey(name)) {
        outlet.send(new ProfileRemove(name));
      }
    }
    for (IpSetId id : told.ipSets()) {
      if (!needs.ipSets().contains(id)) {
        outlet.send(new IpSetRemove(id));
      }
    }
  }
}
