package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.TierPolicies;
import felix.model.Labels;
import felix.model.PolicyKey;
import felix.policysync.Message.InSync;
import felix.policysync.Message.IpSetDelta;
import felix.policysync.Message.IpSetRemove;
import felix.policysync.Message.IpSetUpdate;
import felix.policysync.Message.NamespaceRemove;
import felix.policysync.Message.NamespaceUpdate;
import felix.policysync.Message.PolicyRemove;
import felix.policysync.Message.PolicyUpdate;
import felix.policysync.Message.ProfileRemove;
import felix.policysync.Message.ProfileUpdate;
import felix.policysync.Message.ServiceAccountRemove;
import felix.policysync.Message.ServiceAccountUpdate;
import felix.policysync.Message.WorkloadRemove;
import felix.policysync.Message.WorkloadUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client as a consumer would write it: keeps what it is told, and insists that nothing is named
 * before it was told, told twice, or taken away while it is in use.
 */
final class Mirror implements Outlet {
  final Map<IpSetId, Set<IpSetMember>> ipSets = new HashMap<>();
  final Map<PolicyRef, ActiveRules> policies = new HashMap<>();
  final Map<String, ActiveRules> profiles = new HashMap<>();
  final Map<String, Labels> labels = new HashMap<>();
  @Nullable ActiveWorkload workload;
  boolean inSync;
  boolean ended;
  boolean ready = true;

  /** Since they were last looked at. */
  final List<Message> told = new ArrayList<>();

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void end() {
    assertThat(ended).as("ended twice").isFalse();
    ended = true;
  }

  @Override
  public void send(Message message) {
    assertThat(ended).as("told after the end: " + message).isFalse();
    told.add(message);
    switch (message) {
      case InSync() -> {
        assertThat(inSync).as("in sync twice").isFalse();
        inSync = true;
      }
      case IpSetUpdate(var id, var type, var members) ->
          assertThat(ipSets.put(id, new HashSet<>(members))).as("new set " + id).isNull();
      case IpSetDelta(var id, var added, var removed) -> change(id, added, removed);
      case IpSetRemove(var id) -> {
        assertThat(ipSets.remove(id)).as("removed " + id).isNotNull();
        assertThat(used()).as("in use").doesNotContain(id);
      }
      case ProfileUpdate(var name, var rules) -> {
        profiles.put(name, rules);
        assertThat(ipSets.keySet()).containsAll(new SyncRules(rules).ipSets());
      }
      case ProfileRemove(var name) -> {
        assertThat(profiles.remove(name)).isNotNull();
        checkReferences();
      }
      case PolicyUpdate(var policy, var rules) -> {
        policies.put(policy, rules);
        assertThat(ipSets.keySet()).containsAll(new SyncRules(rules).ipSets());
      }
      case PolicyRemove(var policy) -> {
        assertThat(policies.remove(policy)).isNotNull();
        checkReferences();
      }
      case WorkloadUpdate(var key, var now) -> {
        assertThat(now).as("the same again").isNotEqualTo(workload);
        workload = now;
        checkReferences();
      }
      case WorkloadRemove(var key) -> {
        assertThat(workload).isNotNull();
        workload = null;
      }
      case ServiceAccountUpdate(var namespace, var name, var now) ->
          labels.put(namespace + "/" + name, now);
      case ServiceAccountRemove(var namespace, var name) ->
          assertThat(labels.remove(namespace + "/" + name)).isNotNull();
      case NamespaceUpdate(var name, var now) -> labels.put(name, now);
      case NamespaceRemove(var name) -> assertThat(labels.remove(name)).isNotNull();
    }
  }

  private void change(IpSetId id, List<IpSetMember> added, List<IpSetMember> removed) {
    Set<IpSetMember> members = Objects.requireNonNull(ipSets.get(id), "changed before told");
    assertThat(members).as("changed " + id).containsAll(removed);
    assertThat(added).as("was there already").noneMatch(members::contains);
    assertThat(added.size() + removed.size()).isPositive();
    members.removeAll(Set.copyOf(removed));
    members.addAll(added);
  }

  private Set<IpSetId> used() {
    var used = new HashSet<IpSetId>();
    for (Collection<ActiveRules> all : List.of(policies.values(), profiles.values())) {
      all.forEach(rules -> used.addAll(new SyncRules(rules).ipSets()));
    }
    return used;
  }

  private void checkReferences() {
    if (workload != null) {
      assertThat(profiles.keySet()).containsAll(workload.profiles());
      for (TierPolicies tier : workload.tiers()) {
        for (List<PolicyKey> keys : List.of(tier.ingress(), tier.egress())) {
          keys.forEach(key -> assertThat(policies).containsKey(new PolicyRef(tier.tier(), key)));
        }
      }
    }
  }
}
