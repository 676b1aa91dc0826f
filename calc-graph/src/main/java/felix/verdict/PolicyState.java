package felix.verdict;

import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.LocalDelta;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import felix.model.WorkloadEndpointKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The policy of this host's workloads as of the last delta. Where several endpoints name one
 * interface, only the lowest has policy there; one whose interface is no workload's has none.
 */
public final class PolicyState {
  private static final SortedSet<WorkloadEndpointKey> NONE = new TreeSet<>();

  private final Set<IpVersion> families;
  private final Predicate<String> isWorkload;
  private final Map<IpSetId, SetContents> sets = new HashMap<>();
  private final Map<PolicyKey, ActivePolicy> policies = new HashMap<>();
  private final Map<String, ActiveRules> profiles = new HashMap<>();
  private final Map<WorkloadEndpointKey, ActiveWorkload> workloads = new HashMap<>();
  private final Map<Ip, SortedSet<WorkloadEndpointKey>> byAddress = new HashMap<>();
  private final Map<String, SortedSet<WorkloadEndpointKey>> byInterface = new HashMap<>();

  /**
   * No policy and no workload.
   *
   * @param families of the members of sets that are kept
   * @param isWorkload whether an interface is a workload's, told by the name
   */
  public PolicyState(Set<IpVersion> families, Predicate<String> isWorkload) {
    this.families = Set.copyOf(families);
    this.isWorkload = isWorkload;
  }

  /**
   * Takes over what changed.
   *
   * @return whether a verdict may be another one now
   */
  public boolean absorb(LocalDelta delta) {
    boolean members = absorbMembers(delta);
    delta.policies().applyTo(policies);
    delta.profiles().applyTo(profiles);
    for (var change : delta.workloads()) {
      if (change.before() != null) {
        forget(change.key(), change.before());
      }
      if (change.after() != null) {
        know(change.key(), change.after());
      }
    }
    return members
        || !delta.policies().isEmpty()
        || !delta.profiles().isEmpty()
        || !delta.workloads().isEmpty();
  }

  /** The endpoints with policy that have an address of their own, in the order of their keys. */
  public List<WorkloadEndpointKey> at(Ip address) {
    return byAddress.getOrDefault(address, NONE).stream().filter(this::hasPolicy).toList();
  }

  /** Null if there is none. */
  public @Nullable ActiveWorkload workload(WorkloadEndpointKey key) {
    return workloads.get(key);
  }

  /** Null if it is not active. */
  @Nullable ActiveRules policy(PolicyKey key) {
    ActivePolicy policy = policies.get(key);
    return policy == null ? null : policy.rules();
  }

  /** Null if it is not active. */
  @Nullable ActiveRules profile(String name) {
    return profiles.get(name);
  }

  /** Null if it is empty. */
  @Nullable SetContents set(IpSetId id) {
    return sets.get(id);
  }

  private boolean absorbMembers(LocalDelta delta) {
    boolean some = false;
    for (var changes : delta.members().all()) {
      var contents = sets.computeIfAbsent(changes.getKey(), id -> new SetContents());
      for (IpSetMember member : changes.getValue().removed()) {
        if (families.contains(member.version())) {
          contents.remove(member);
          some = true;
        }
      }
      for (IpSetMember member : changes.getValue().added()) {
        if (families.contains(member.version())) {
          contents.add(member);
          some = true;
        }
      }
      if (contents.isEmpty()) {
        sets.remove(changes.getKey());
      }
    }
    return some;
  }

  private boolean hasPolicy(WorkloadEndpointKey key) {
    ActiveWorkload workload = workloads.get(key);
    return workload != null
        && isWorkload.test(workload.interfaceName())
        && key.equals(byInterface.getOrDefault(workload.interfaceName(), NONE).first());
  }

  private void know(WorkloadEndpointKey key, ActiveWorkload workload) {
    workloads.put(key, workload);
    byInterface.computeIfAbsent(workload.interfaceName(), name -> new TreeSet<>()).add(key);
    for (Cidr network : workload.networks()) {
      if (network.isSingleAddress()) {
        byAddress.computeIfAbsent(network.address(), address -> new TreeSet<>()).add(key);
      }
    }
  }

  private void forget(WorkloadEndpointKey key, ActiveWorkload workload) {
    workloads.remove(key);
    remove(byInterface, workload.interfaceName(), key);
    for (Cidr network : workload.networks()) {
      remove(byAddress, network.address(), key);
    }
  }

  private static <T> void remove(
      Map<T, SortedSet<WorkloadEndpointKey>> index, T thing, WorkloadEndpointKey key) {
    index.computeIfPresent(
        thing,
        (same, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }
}
