package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSets;
import org.jspecify.annotations.Nullable;

/** What a list showed of the members of a set. */
sealed interface ListedMembers extends IpSets.MemberReader permits Comparison, GatheredMembers {
  /** Of all of them. */
  long digest();

  /** Beside what is desired; null if they were not shown, or are not all of that kind. */
  @Nullable Comparison beside(PackedMembers desired);
}
