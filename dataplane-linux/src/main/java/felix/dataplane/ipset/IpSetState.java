package felix.dataplane.ipset;

import felix.dataplane.rules.IpSetNames;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.IpVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The sets of a family: those that are desired, each with what the kernel holds of it, and those of
 * ours that the kernel holds and nobody wants. What is to be written is kept as either side
 * changes, so that an apply costs what changed.
 */
final class IpSetState implements DesiredIpSets {
  private final IpVersion version;
  private final int maxSize;
  private final IpSetStatus status;
  private final Map<IpSetId, TrackedSet> sets = new LinkedHashMap<>();
  private final Set<TrackedSet> pending = new LinkedHashSet<>();
  private final Set<String> unwanted = new LinkedHashSet<>();

  /** Those of {@link #unwanted} that rules or other sets name: they cannot go yet. */
  private final Set<String> inUse = new HashSet<>();

  private boolean known;
  private int tempNumber;

  /**
   * A state that desires nothing and does not know the kernel.
   *
   * @param maxSize how many members each set can hold
   * @param status told how many sets are desired
   */
  IpSetState(IpVersion version, int maxSize, IpSetStatus status) {
    this.status = status;
    this.version = version;
    this.maxSize = maxSize;
  }

  @Override
  public void set(IpSetId id, IpSetType type) {
    TrackedSet before = sets.get(id);
    if (before != null && before.format().type() == type) {
      return;
    }
    remove(id);
    String name = IpSetNames.kernelName(version, id);
    var set = new TrackedSet(name, new MemberFormat(version, type), maxSize);
    if (unwanted.remove(name)) {
      inUse.remove(name);
      set.foundUnknown();
    }
    sets.put(id, set);
    pending.add(set);
    status.wants(sets.size());
  }

  @Override
  public void remove(IpSetId id) {
    TrackedSet set = sets.remove(id);
    if (set != null) {
      pending.remove(set);
      status.wants(sets.size());
      if (set.state() != TrackedSet.State.ABSENT) {
        unwanted.add(set.name());
      }
    }
  }

  @Override
  public void addMember(IpSetId id, IpSetMember member) {
    if (member.version() == version) {
      TrackedSet set = wanted(id);
      set.add(packed(set, member));
      changed(set);
    }
  }

  @Override
  public void removeMember(IpSetId id, IpSetMember member) {
    TrackedSet set = sets.get(id);
    if (set != null && set.format().fits(member)) {
      set.remove(set.format().pack(member));
      changed(set);
    }
  }

  @Override
  public void replaceMembers(IpSetId id, Collection<? extends IpSetMember> members) {
    TrackedSet set = wanted(id);
    set.replace(
        members.stream().filter(m -> m.version() == version).map(m -> packed(set, m)).toList());
    changed(set);
  }

  /** Whether the kernel was read, and nothing happened since that makes it worth reading again. */
  boolean isKnown() {
    return known;
  }

  void forget() {
    known = false;
  }

  /** Which of the kernel's sets to hand to {@link #read}. */
  Predicate<String> ours() {
    return name -> Ownership.isOurs(version, name);
  }

  /** The kernel holds just these sets of ours. */
  void read(Map<String, ListedSet> listed) {
    known = true;
    unwanted.clear();
    unwanted.addAll(listed.keySet());
    for (TrackedSet set : sets.values()) {
      ListedSet found = listed.get(set.name());
      unwanted.remove(set.name());
      if (found == null) {
        set.foundNone();
      } else {
        set.found(found);
      }
      changed(set);
    }
    readReferences(listed);
  }

  /** Takes over which unwanted sets are still there, and which are in use. */
  void readReferences(Map<String, ListedSet> listed) {
    unwanted.retainAll(listed.keySet());
    inUse.clear();
    listed.values().stream()
        .filter(set -> set.references() > 0 && unwanted.contains(set.name()))
        .forEach(set -> inUse.add(set.name()));
  }

  /** Sets whose kernel side differs from what is desired, in the order in which that came up. */
  List<TrackedSet> pending() {
    return List.copyOf(pending);
  }

  void written(TrackedSet set) {
    set.written();
    changed(set);
  }

  /** Sets of ours that are there and not desired. */
  Set<String> unwanted() {
    return Set.copyOf(unwanted);
  }

  /** Sets to be destroyed, as far as nothing names them. */
  List<String> destroyable() {
    return unwanted.stream().filter(name -> !inUse.contains(name)).toList();
  }

  Set<String> inUse() {
    return Set.copyOf(inUse);
  }

  void destroyed(Collection<String> names) {
    unwanted.removeAll(names);
  }

  /** A name for a set that is filled and then swapped in; no set has it. */
  String tempName() {
    String name;
    do {
      name = IpSetNames.prefix(version) + "t" + tempNumber++;
    } while (unwanted.contains(name));
    return name;
  }

  private TrackedSet wanted(IpSetId id) {
    TrackedSet set = sets.get(id);
    if (set == null) {
      throw new IllegalArgumentException("members of a set that nobody wants: " + id);
    }
    return set;
  }

  private static long[] packed(TrackedSet set, IpSetMember member) {
    if (!set.format().fits(member)) {
      throw new IllegalArgumentException(set.name() + " cannot hold " + member);
    }
    return set.format().pack(member);
  }

  private void changed(TrackedSet set) {
    if (set.isInSync()) {
      pending.remove(set);
    } else {
      pending.add(set);
    }
  }
}
