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

  private final IpSetEntry entry = new IpSetEntry();

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
    ByteBuffer bytes = members.duplicate().order(ByteOrder.BIG_ENDIAN);
    int end = bytes.limit();
    int count = 0;
    for (int at = bytes.position(); end - at >= HEADER_BYTES; ) {
      int length = length(bytes, at, end);
      if (type(bytes, at) == DATA) {
        decode(bytes, at + HEADER_BYTES, at + length);
        reader.take(entry);
        count++;
      }
      at += RawMessage.aligned(length);
    }
    return count;
  }

  private void decode(ByteBuffer bytes, int start, int end) {
    boolean hasAddress = false;
    for (int at = start; end - at >= HEADER_BYTES; ) {
      int length = length(bytes, at, end);
      int value = at + HEADER_BYTES;
      switch (type(bytes, at)) {
        case ATTRIBUTE_IP -> {
          decodeAddress(bytes, value, at + length);
          hasAddress = true;
        }
        case ATTRIBUTE_PREFIX -> entry.setPrefixLength(bytes.get(sized(value, length, 1)) & 0xff);
        case ATTRIBUTE_PORT -> entry.setPort(bytes.getShort(sized(value, length, 2)) & 0xffff);
        case ATTRIBUTE_PROTOCOL -> entry.setProtocol(bytes.get(sized(value, length, 1)) & 0xff);
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
  private void decodeAddress(ByteBuffer bytes, int at, int end) {
    int length = end - at < HEADER_BYTES ? 0 : length(bytes, at, end);
    int value = at + HEADER_BYTES;
    if (length == HEADER_BYTES + 4 && type(bytes, at) == IP_V4) {
      entry.setAddress(IpVersion.V4, 0, bytes.getInt(value) & 0xffff_ffffL);
    } else if (length == HEADER_BYTES + 16 && type(bytes, at) == IP_V6) {
      entry.setAddress(IpVersion.V6, bytes.getLong(value), bytes.getLong(value + 8));
    } else {
      throw new MalformedMessageException("no address in " + (end - at) + " bytes");
    }
  }

  /** The header of an attribute is in the machine's order. */
  private static int length(ByteBuffer bytes, int at, int end) {
    int length = nativeShort(bytes, at);
    if (length < HEADER_BYTES || length > end - at) {
      throw new MalformedMessageException(
          "an attribute of " + length + " bytes, " + (end - at) + " are left");
    }
    return length;
  }

  private static int type(ByteBuffer bytes, int at) {
    return nativeShort(bytes, at + 2) & TYPE_MASK;
  }

  private static int nativeShort(ByteBuffer bytes, int at) {
    short number = bytes.getShort(at);
    boolean swapped = bytes.order() != ByteOrder.nativeOrder();
    return (swapped ? Short.reverseBytes(number) : number) & 0xffff;
  }

  private static int sized(int value, int length, int bytes) {
    if (length != HEADER_BYTES + bytes) {
      throw new MalformedMessageException(
          "a value of " + (length - HEADER_BYTES) + " bytes, not " + bytes);
    }
    return value;
  }
}
