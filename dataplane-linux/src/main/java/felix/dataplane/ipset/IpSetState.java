package felix.dataplane.ipset;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import felix.dataplane.netlink.ListedIpSet;
import felix.dataplane.rules.IpSetNames;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.IpVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final Map<String, TrackedSet> byName = new HashMap<>();
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
    byName.put(name, set);
    pending.add(set);
    status.wants(sets.size());
  }

  @Override
  public void remove(IpSetId id) {
    TrackedSet set = sets.remove(id);
    if (set != null) {
      byName.remove(set.name());
      pending.remove(set);
      status.wants(sets.size());
      if (set.state() != TrackedSet.State.ABSENT) {
        unwanted.add(set.name());
      }
    }
  }

  @Override
  public void addMember(IpSetId id, IpSetMember member) {
    changeMembers(id, List.of(), List.of(member));
  }

  @Override
  public void removeMember(IpSetId id, IpSetMember member) {
    changeMembers(id, List.of(member), List.of());
  }

  @Override
  public void changeMembers(
      IpSetId id,
      Collection<? extends IpSetMember> removed,
      Collection<? extends IpSetMember> added) {
    TrackedSet set = sets.get(id);
    if (set != null) {
      var packed = new long[set.format().words()];
      for (IpSetMember member : removed) {
        if (set.format().fits(member)) {
          set.format().pack(member, packed);
          set.remove(packed);
        }
      }
      for (IpSetMember member : added) {
        if (isOfFamily(set, member)) {
          set.format().pack(member, packed);
          set.add(packed);
        }
      }
      changed(set);
    } else if (added.stream().anyMatch(member -> member.version() == version)) {
      throw unwanted(id);
    }
  }

  @Override
  public void replaceMembers(IpSetId id, Collection<? extends IpSetMember> members) {
    TrackedSet set = sets.get(id);
    if (set == null) {
      throw unwanted(id);
    }
    var wanted = new PackedMembers(set.format().words());
    var packed = new long[set.format().words()];
    for (IpSetMember member : members) {
      if (isOfFamily(set, member)) {
        set.format().pack(member, packed);
        wanted.add(packed);
      }
    }
    set.replace(wanted);
    changed(set);
  }

  /** Whether the kernel was read, and nothing happened since that makes it worth reading again. */
  boolean isKnown() {
    return known;
  }

  void forget() {
    known = false;
  }

  /**
   * What the kernel is to be shown to, and is then handed to {@link #read}: members are compared as
   * they come in, so nothing is kept of a set that is as it should be. What is desired must not
   * change meanwhile, and not between that and the use of the reading.
   */
  KernelReading newReading() {
    return new KernelReading(
        version,
        listed -> {
          TrackedSet set = byName.get(listed.name());
          return set == null || !set.header().equals(listed.header())
              ? null
              : new Comparison(set.format(), set.desired());
        });
  }

  /** What another thread should see of the sets that are desired, by the kernel's names. */
  Map<String, ExpectedMembers> expected() {
    return byName.values().stream().collect(toMap(TrackedSet::name, TrackedSet::expected));
  }

  /** The kernel holds just these sets of ours. */
  void read(KernelReading reading) {
    known = true;
    unwanted.clear();
    unwanted.addAll(reading.found().keySet());
    for (TrackedSet set : sets.values()) {
      KernelReading.Found found = reading.found().get(set.name());
      unwanted.remove(set.name());
      if (found == null) {
        set.foundNone();
      } else {
        set.found(found);
      }
      changed(set);
    }
    readReferences(reading.found().values().stream().map(KernelReading.Found::listed).toList());
  }

  /** Takes over which unwanted sets are still there, and which are in use. */
  void readReferences(List<ListedIpSet> listed) {
    unwanted.retainAll(listed.stream().map(ListedIpSet::name).collect(toSet()));
    inUse.clear();
    listed.stream()
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

  private static IllegalArgumentException unwanted(IpSetId id) {
    return new IllegalArgumentException("members of a set that nobody wants: " + id);
  }

  private boolean isOfFamily(TrackedSet set, IpSetMember member) {
    if (member.version() != version) {
      return false;
    }
    if (!set.format().fits(member)) {
      throw new IllegalArgumentException(set.name() + " cannot hold " + member);
    }
    return true;
  }

  private void changed(TrackedSet set) {
    if (set.isInSync()) {
      pending.remove(set);
    } else {
      pending.add(set);
    }
  }
}
