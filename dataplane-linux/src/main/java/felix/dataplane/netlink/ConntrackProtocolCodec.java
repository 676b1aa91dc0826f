package felix.dataplane.netlink;

import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.model.IpVersion;

/** The part of a tuple that its protocol is the judge of: {@code CTA_PROTO_...}. */
final class ConntrackProtocolCodec {
  private static final int NUMBER = 1;
  private static final int SOURCE_PORT = 2;
  private static final int DESTINATION_PORT = 3;
  private static final int ICMP_ID = 4;
  private static final int ICMP_TYPE = 5;
  private static final int ICMP_CODE = 6;

  /** How much higher the three numbers above are for ICMPv6. */
  private static final int ICMPV6_OFFSET = 3;

  private ConntrackProtocolCodec() {}

  static void encode(IpVersion version, ConntrackTuple tuple, MessageWriter out) {
    out.attributeU8(NUMBER, tuple.protocol());
    switch (tuple.detail()) {
      case Detail.Ports(int source, int destination) -> {
        out.attributeU16InNetworkOrder(SOURCE_PORT, source);
        out.attributeU16InNetworkOrder(DESTINATION_PORT, destination);
      }
      case Detail.Icmp(int type, int code, int id) -> {
        int offset = version == IpVersion.V4 ? 0 : ICMPV6_OFFSET;
        out.attributeU16InNetworkOrder(ICMP_ID + offset, id);
        out.attributeU8(ICMP_TYPE + offset, type);
        out.attributeU8(ICMP_CODE + offset, code);
      }
      case Detail.None() -> {}
    }
  }

  static int number(AttributeReader attributes) {
    int number = 0;
    while (attributes.next()) {
      if (attributes.type() == NUMBER) {
        number = attributes.u8();
      }
    }
    return number;
  }

  static Detail detail(AttributeReader attributes) {
    int source = -1;
    int destination = -1;
    int id = 0;
    int type = -1;
    int code = 0;
    while (attributes.next()) {
      switch (attributes.type()) {
        case SOURCE_PORT -> source = attributes.u16InNetworkOrder();
        case DESTINATION_PORT -> destination = attributes.u16InNetworkOrder();
        case ICMP_ID, ICMP_ID + ICMPV6_OFFSET -> id = attributes.u16InNetworkOrder();
        case ICMP_TYPE, ICMP_TYPE + ICMPV6_OFFSET -> type = attributes.u8();
        case ICMP_CODE, ICMP_CODE + ICMPV6_OFFSET -> code = attributes.u8();
        default -> {}
      }
    }
    if (source >= 0 && destination >= 0) {
      return new Detail.Ports(source, destination);
    }
    return type >= 0 ? new Detail.Icmp(type, code, id) : Detail.NONE;
  }
}
