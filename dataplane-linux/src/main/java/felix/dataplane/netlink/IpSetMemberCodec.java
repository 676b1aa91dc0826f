package felix.dataplane.netlink;

import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The members of an IP set: an attribute {@code IPSET_ATTR_DATA} each, with an address in it, then
 * a prefix, or a port and its protocol. Reads by offset, without an object for an attribute: a
 * hundred thousand members are read every ten seconds.
 */
final class IpSetMemberCodec {
  private static final int HEADER_BYTES = 4;
  private static final int TYPE_MASK = 0x3fff;

  private static final int DATA = 7;

  private static final int ATTRIBUTE_IP = 1;
  private static final int ATTRIBUTE_PREFIX = 3;
  private static final int ATTRIBUTE_PORT = 4;
  private static final int ATTRIBUTE_PROTOCOL = 7;

  private static final int IP_V4 = 1;
  private static final int IP_V6 = 2;

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final IpSetEntry entry = new IpSetEntry();

  /** What is decoded: to read an array costs a fraction of what a buffer outside the heap does. */
  private byte[] bytes = new byte[0];

  /** Writes a member with the number that an answer would name it by. */
  static void encode(IpSetEntry entry, int line, MessageWriter out) {
    int start = out.openNested(DATA);
    int ip = out.openNested(ATTRIBUTE_IP);
    switch (entry.version()) {
      case V4 ->
          out.attributeU32InNetworkOrder(IP_V4 | IpSetCodec.IN_NETWORK_ORDER, (int) entry.low());
      case V6 ->
          out.attributeU128InNetworkOrder(
              IP_V6 | IpSetCodec.IN_NETWORK_ORDER, entry.high(), entry.low());
    }
    out.closeNested(ip);
    if (entry.hasPort()) {
      out.attributeU16InNetworkOrder(ATTRIBUTE_PORT | IpSetCodec.IN_NETWORK_ORDER, entry.port());
      out.attributeU8(ATTRIBUTE_PROTOCOL, entry.protocol());
    } else if (entry.prefixLength() != entry.version().bits()) {
      out.attributeU8(ATTRIBUTE_PREFIX, entry.prefixLength());
    }
    out.attributeU32InNetworkOrder(IpSetCodec.ATTRIBUTE_LINE | IpSetCodec.IN_NETWORK_ORDER, line);
    out.closeNested(start);
  }

  /**
   * Shows the members.
   *
   * @return how many there are
   * @throws MalformedMessageException if the bytes hold something else
   */
  int decode(ByteBuffer members, IpSets.MemberReader reader) {
    int end = members.remaining();
    if (bytes.length < end) {
      bytes = new byte[Math.max(end, 2 * bytes.length)];
    }
    members.get(members.position(), bytes, 0, end);
    int count = 0;
    for (int at = 0; end - at >= HEADER_BYTES; ) {
      int length = length(at, end);
      if (type(at) == DATA) {
        decode(at + HEADER_BYTES, at + length);
        reader.take(entry);
        count++;
      }
      at += RawMessage.aligned(length);
    }
    return count;
  }

  private void decode(int start, int end) {
    boolean hasAddress = false;
    for (int at = start; end - at >= HEADER_BYTES; ) {
      int length = length(at, end);
      int value = at + HEADER_BYTES;
      switch (type(at)) {
        case ATTRIBUTE_IP -> {
          decodeAddress(value, at + length);
          hasAddress = true;
        }
        case ATTRIBUTE_PREFIX -> entry.setPrefixLength(u8(sized(value, length, 1)));
        case ATTRIBUTE_PORT -> entry.setPort(u16(sized(value, length, 2)));
        case ATTRIBUTE_PROTOCOL -> entry.setProtocol(u8(sized(value, length, 1)));
        case IpSetCodec.ATTRIBUTE_LINE -> {}
        default -> entry.setOdd();
      }
      at += RawMessage.aligned(length);
    }
    if (!hasAddress) {
      entry.setAddress(IpVersion.V4, 0, 0);
      entry.setOdd();
    }
  }

  /** It comes first, so that what is known of another member goes. */
  private void decodeAddress(int at, int end) {
    int length = end - at < HEADER_BYTES ? 0 : length(at, end);
    int value = at + HEADER_BYTES;
    if (length == HEADER_BYTES + 4 && type(at) == IP_V4) {
      entry.setAddress(IpVersion.V4, 0, u32(value));
    } else if (length == HEADER_BYTES + 16 && type(at) == IP_V6) {
      entry.setAddress(
          IpVersion.V6, u32(value) << 32 | u32(value + 4), u32(value + 8) << 32 | u32(value + 12));
    } else {
      throw new MalformedMessageException("no address in " + (end - at) + " bytes");
    }
  }

  /** The header of an attribute is in the machine's order, what follows in the network's. */
  private int length(int at, int end) {
    int length = LITTLE_ENDIAN ? u8(at + 1) << 8 | u8(at) : u16(at);
    if (length < HEADER_BYTES || length > end - at) {
      throw new MalformedMessageException(
          "an attribute of " + length + " bytes, " + (end - at) + " are left");
    }
    return length;
  }

  private int type(int at) {
    return (LITTLE_ENDIAN ? u8(at + 3) << 8 | u8(at + 2) : u16(at + 2)) & TYPE_MASK;
  }

  private int u8(int at) {
    return bytes[at] & 0xff;
  }

  private int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  private long u32(int at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  private static int sized(int value, int length, int size) {
    if (length != HEADER_BYTES + size) {
      throw new MalformedMessageException(
          "a value of " + (length - HEADER_BYTES) + " bytes, not " + size);
    }
    return value;
  }
}
