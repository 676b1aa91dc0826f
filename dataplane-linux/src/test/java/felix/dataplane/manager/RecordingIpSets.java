package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.IpVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Holds which sets are desired of a family, and refuses what the driver refuses. */
final class RecordingIpSets implements DesiredIpSets {
  final Map<String, Set<IpSetMember>> desired = new TreeMap<>();
  private final IpVersion version;

  RecordingIpSets(IpVersion version) {
    this.version = version;
  }

  @Override
  public void set(IpSetId id, IpSetType type) {
    if (type != IpSetType.NET) {
      throw new IllegalArgumentException(id + " of " + type);
    }
    desired.putIfAbsent(id.value(), new HashSet<>());
  }

  @Override
  public void remove(IpSetId id) {
    desired.remove(id.value());
  }

  @Override
  public void addMember(IpSetId id, IpSetMember member) {
    if (member.version() == version) {
      Objects.requireNonNull(desired.get(id.value()), id.value()).add(member);
    }
  }

  @Override
  public void removeMember(IpSetId id, IpSetMember member) {
    desired.getOrDefault(id.value(), Set.of()).remove(member);
  }

  @Override
  public void changeMembers(
      IpSetId id,
      Collection<? extends IpSetMember> removed,
      Collection<? extends IpSetMember> added) {
    removed.forEach(member -> removeMember(id, member));
    added.forEach(member -> addMember(id, member));
  }

  @Override
  public void replaceMembers(IpSetId id, Collection<? extends IpSetMember> members) {
    Objects.requireNonNull(desired.get(id.value()), id.value()).clear();
    members.forEach(member -> addMember(id, member));
  }
}
