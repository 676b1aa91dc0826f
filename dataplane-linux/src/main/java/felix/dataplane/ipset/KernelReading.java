package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.ListedIpSet;
import felix.model.IpVersion;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the kernel lists of our sets. */
final class KernelReading implements IpSets.Reader {
  /** A set of ours; without members where they do not matter. */
  record Found(ListedIpSet listed, @Nullable ListedMembers members) {}

  private final IpVersion version;
  private final Function<ListedIpSet, @Nullable ListedMembers> members;
  private final SequencedMap<String, Found> found = new LinkedHashMap<>();
  private int seen;

  /**
   * A reading that was shown nothing yet.
   *
   * @param members gives what is to take the members of a set of ours; null if they do not matter
   */
  KernelReading(IpVersion version, Function<ListedIpSet, @Nullable ListedMembers> members) {
    this.version = version;
    this.members = members;
  }

  /** Sets of any family and owner. */
  int seen() {
    return seen;
  }

  /** Sets of ours, by name. */
  SequencedMap<String, Found> found() {
    return found;
  }

  @Override
  public IpSets.@Nullable MemberReader take(ListedIpSet listed) {
    seen++;
    if (!Ownership.isOurs(version, listed.name())) {
      return null; // members of others may go while they are read
    }
    ListedMembers ofSet = members.apply(listed);
    found.put(listed.name(), new Found(listed, ofSet));
    return ofSet;
  }
}
