package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import java.util.HashMap;
import java.util.Map;

/**
 * An IP set of networks, each of which is a member for as long as anybody says so. Who it is for
 * may come and go: meanwhile nothing is desired, and the members are kept in mind.
 */
final class CountedSet {
  private final IpSetId id;
  private final DesiredIpSets sets;

  /** How many say so; at least one. */
  private final Map<IpSetMember, Integer> members = new HashMap<>();

  private boolean wanted;

  /** A set that is not wanted yet. */
  CountedSet(IpSetId id, DesiredIpSets sets) {
    this.id = id;
    this.sets = sets;
  }

  void want(boolean now) {
    if (now && !wanted) {
      sets.set(id, IpSetType.NET);
      sets.replaceMembers(id, members.keySet());
    } else if (!now && wanted) {
      sets.remove(id);
    }
    wanted = now;
  }

  void add(Cidr network) {
    IpSetMember.Net.forEach(network, this::addMember);
  }

  /** Takes back what was added once. */
  void remove(Cidr network) {
    IpSetMember.Net.forEach(network, this::removeMember);
  }

  private void addMember(IpSetMember member) {
    boolean isNew = members.merge(member, 1, Integer::sum) == 1;
    if (isNew && wanted) {
      sets.addMember(id, member);
    }
  }

  private void removeMember(IpSetMember member) {
    boolean isLast = members.computeIfPresent(member, (m, n) -> n == 1 ? null : n - 1) == null;
    if (isLast && wanted) {
      sets.removeMember(id, member);
    }
  }
}
