package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetEntry;
import felix.dataplane.netlink.IpSetHeader;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Ip;
import felix.model.IpVersion;

/**
 * The members of one kind of set in one family: between values, the words of {@link PackedMembers},
 * and entries on their way to or from the kernel.
 *
 * <p>The last word holds, from the top: a bit that is always set, 8 bits of protocol, 16 bits of
 * port or prefix length; and for IPv4 the address in its low 32 bits. An IPv6 address is in two
 * words before it.
 */
record MemberFormat(IpVersion version, IpSetType type) {
  private static final long TAKEN = 1L << 63;
  private static final int PROTOCOL_SHIFT = 48;
  private static final int NUMBER_SHIFT = 32;
  private static final long LOW_32_BITS = 0xffff_ffffL;

  /** How many words a member has. */
  int words() {
    return switch (version) {
      case V4 -> 1;
      case V6 -> 3;
    };
  }

  /** The kernel's name of the type of set. */
  String typeName() {
    return switch (type) {
      case NET -> "hash:net";
      case IP_PORT -> "hash:ip,port";
    };
  }

  /** What a set of such members is created with. */
  IpSetHeader header(int maxSize) {
    return new IpSetHeader(typeName(), version, maxSize, false);
  }

  boolean fits(IpSetMember member) {
    return member.version() == version
        && switch (member) {
          case IpSetMember.Net net -> type == IpSetType.NET;
          case IpSetMember.Port port -> type == IpSetType.IP_PORT;
        };
  }

  /** Packs a member that {@link #fits}. */
  void pack(IpSetMember member, long[] into) {
    switch (member) {
      case IpSetMember.Net(var cidr) -> pack(cidr.address(), 0, cidr.prefixLength(), into);
      case IpSetMember.Port(var ip, var protocol, int port) ->
          pack(ip, protocol.number(), port, into);
    }
  }

  /** Packs what the kernel lists; false if it is no such member. */
  boolean pack(IpSetEntry entry, long[] into) {
    switch (type) {
      case NET -> {
        if (!entry.isNet(version)) {
          return false;
        }
        pack(entry.high(), entry.low(), 0, entry.prefixLength(), into);
      }
      case IP_PORT -> {
        if (!entry.isPort(version)) {
          return false;
        }
        pack(entry.high(), entry.low(), entry.protocol(), entry.port(), into);
      }
    }
    return true;
  }

  /** The member whose words begin there. */
  void unpack(long[] words, int at, IpSetEntry into) {
    long last = words[at + words() - 1];
    int number = (int) (last >>> NUMBER_SHIFT) & 0xffff;
    int protocol = (int) (last >>> PROTOCOL_SHIFT) & 0xff;
    boolean v4 = version == IpVersion.V4;
    long high = v4 ? 0 : words[at];
    long low = v4 ? last & LOW_32_BITS : words[at + 1];
    switch (type) {
      case NET -> into.setNet(version, high, low, number);
      case IP_PORT -> into.setPort(version, high, low, protocol, number);
    }
  }

  private void pack(Ip ip, int protocol, int number, long[] into) {
    pack(ip.high(), ip.low(), protocol, number, into);
  }

  private void pack(long high, long low, int protocol, int number, long[] into) {
    long last = TAKEN | (long) protocol << PROTOCOL_SHIFT | (long) number << NUMBER_SHIFT;
    switch (version) {
      case V4 -> into[0] = last | low;
      case V6 -> {
        into[0] = high;
        into[1] = low;
        into[2] = last;
      }
    }
  }
}
