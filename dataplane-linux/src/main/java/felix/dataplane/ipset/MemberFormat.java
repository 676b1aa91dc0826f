package felix.dataplane.ipset;

import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Protocol;

/**
 * The members of one kind of set in one family: between values, the words of {@link PackedMembers},
 * and the kernel's text.
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

  /** The kernel's name of the family. */
  String familyName() {
    return switch (version) {
      case V4 -> "inet";
      case V6 -> "inet6";
    };
  }

  boolean fits(IpSetMember member) {
    return member.version() == version
        && switch (member) {
          case IpSetMember.Net net -> type == IpSetType.NET;
          case IpSetMember.Port port -> type == IpSetType.IP_PORT;
        };
  }

  /** Packs a member that {@link #fits}. */
  long[] pack(IpSetMember member) {
    return switch (member) {
      case IpSetMember.Net(var cidr) -> pack(cidr.address(), 0, cidr.prefixLength());
      case IpSetMember.Port(var ip, var protocol, var port) -> pack(ip, protocol.number(), port);
    };
  }

  /**
   * Reads a member as {@code ipset list} shows it.
   *
   * @throws IllegalArgumentException if it is no such member
   */
  long[] parse(String text) {
    return switch (type) {
      case NET -> {
        Cidr cidr = Cidr.parse(text);
        yield pack(own(cidr.address(), text), 0, cidr.prefixLength());
      }
      case IP_PORT -> {
        int comma = text.indexOf(',');
        int colon = text.indexOf(':', comma);
        if (comma < 0 || colon < 0) {
          throw new IllegalArgumentException("no address with a port: '" + text + "'");
        }
        Ip ip = own(Ip.parse(text.substring(0, comma)), text);
        Protocol protocol = Protocol.parse(text.substring(comma + 1, colon));
        yield pack(ip, protocol.number(), port(text.substring(colon + 1)));
      }
    };
  }

  /** Writes a member as {@code ipset list} shows it: a network of one without its length. */
  void print(long[] member, StringBuilder out) {
    long last = member[member.length - 1];
    int number = (int) (last >>> NUMBER_SHIFT) & 0xffff;
    out.append(address(member));
    switch (type) {
      case NET -> {
        if (number != version.bits()) {
          out.append('/').append(number);
        }
      }
      case IP_PORT -> {
        int protocol = (int) (last >>> PROTOCOL_SHIFT) & 0xff;
        out.append(',').append(protocolName(protocol)).append(':').append(number);
      }
    }
  }

  private Ip own(Ip address, String text) {
    if (address.version() != version) {
      throw new IllegalArgumentException("of the other family: '" + text + "'");
    }
    return address;
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("no port: " + port);
    }
    return port;
  }

  private long[] pack(Ip ip, int protocol, int number) {
    long last = TAKEN | (long) protocol << PROTOCOL_SHIFT | (long) number << NUMBER_SHIFT;
    return switch (version) {
      case V4 -> new long[] {last | ip.low()};
      case V6 -> new long[] {ip.high(), ip.low(), last};
    };
  }

  private Ip address(long[] member) {
    return switch (version) {
      case V4 -> new Ip(version, 0, member[0] & LOW_32_BITS);
      case V6 -> new Ip(version, member[0], member[1]);
    };
  }

  /** The names that ipset prints; it reads numbers as well. */
  private static String protocolName(int number) {
    return switch (number) {
      case 6 -> "tcp";
      case 17 -> "udp";
      case 132 -> "sctp";
      case 136 -> "udplite";
      default -> Integer.toString(number);
    };
  }
}
