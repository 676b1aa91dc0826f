package felix.dataplane.ipset;

import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import java.util.Collection;

/**
 * The write-only face of the IP sets that a family should have: all that a manager sees of the
 * driver. Members of the other family pass by without effect, so that both families can be told the
 * same.
 */
public interface DesiredIpSets {
  /** Wants a set, empty at first. One that is wanted with this type already stays as it is. */
  void set(IpSetId id, IpSetType type);

  /** Wants the set no more, nor its members. */
  void remove(IpSetId id);

  /**
   * Wants a member in a set that is wanted.
   *
   * @throws IllegalArgumentException if the set is not wanted, or cannot hold such a member
   */
  void addMember(IpSetId id, IpSetMember member);

  /** Wants the member no more. Does nothing where it was not wanted. */
  void removeMember(IpSetId id, IpSetMember member);

  /** Wants members no more, and then others; as many single calls would. */
  void changeMembers(
      IpSetId id,
      Collection<? extends IpSetMember> removed,
      Collection<? extends IpSetMember> added);

  /** Wants just these in a set that is wanted; throws as {@link #addMember}. */
  void replaceMembers(IpSetId id, Collection<? extends IpSetMember> members);
}
