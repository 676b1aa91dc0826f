package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetEntry;
import felix.dataplane.netlink.IpSetRequest;
import felix.dataplane.netlink.IpSetRequest.Change;
import felix.dataplane.netlink.IpSetRequest.Members;
import java.util.List;

/** Packed members, one after another, as many as go into one request. */
final class PackedEntries implements IpSetRequest.Entries {
  private final MemberFormat format;
  private final long[] packed;

  private PackedEntries(MemberFormat format, long[] packed) {
    this.format = format;
    this.packed = packed;
  }

  /** Adds to a list the requests that change members of a set. */
  static void requests(
      Change change,
      String set,
      MemberFormat format,
      PackedMembers members,
      List<IpSetRequest> into) {
    var gathered =
        new Object() {
          long[] packed = new long[0];
          int length;
          int left = members.size();
        };
    members.forEach(
        member -> {
          if (gathered.length == 0) {
            int count = Math.min(gathered.left, Members.MAX_ENTRIES);
            gathered.packed = new long[count * member.length];
          }
          System.arraycopy(member, 0, gathered.packed, gathered.length, member.length);
          gathered.length += member.length;
          gathered.left--;
          if (gathered.length == gathered.packed.length) {
            into.add(new Members(change, set, new PackedEntries(format, gathered.packed)));
            gathered.length = 0;
          }
        });
  }

  @Override
  public int count() {
    return packed.length / format.words();
  }

  @Override
  public void read(int index, IpSetEntry into) {
    format.unpack(packed, index * format.words(), into);
  }
}
