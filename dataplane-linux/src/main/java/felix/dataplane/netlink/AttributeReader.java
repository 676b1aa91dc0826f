package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the attributes ({@code struct nlattr}) of a message or of another attribute. Whoever
 * walks skips the types that it does not know.
 *
 * <p>Every method throws {@link MalformedMessageException} where the bytes do not hold what is
 * asked for.
 */
final class AttributeReader {
  private static final int HEADER_BYTES = 4;
  private static final int TYPE_MASK = 0x3fff; // the upper bits say "nested" and "network order"

  private final ByteBuffer rest;
  private int type;
  private ByteBuffer value;

  /** Reads the rest of a buffer. */
  AttributeReader(ByteBuffer attributes) {
    this.rest = attributes.slice().order(ByteOrder.nativeOrder());
    this.value = rest;
  }

  /** Goes to the next attribute; false if there is none. */
  boolean next() {
    if (rest.remaining() < HEADER_BYTES) {
      return false; // the kernel, too, takes a few bytes too many for padding
    }
    int start = rest.position();
    int length = Short.toUnsignedInt(rest.getShort(start));
    if (length < HEADER_BYTES || length > rest.remaining()) {
      throw new MalformedMessageException(
          "an attribute of " + length + " bytes, " + rest.remaining() + " are left");
    }
    type = rest.getShort(start + 2) & TYPE_MASK;
    value = rest.slice(start + HEADER_BYTES, length - HEADER_BYTES).order(ByteOrder.nativeOrder());
    rest.position(Math.min(rest.limit(), start + RawMessage.aligned(length)));
    return true;
  }

  int type() {
    return type;
  }

  int u8() {
    return Byte.toUnsignedInt(sized(1).get(0));
  }

  int u16InNetworkOrder() {
    ByteBuffer two = sized(2);
    return Byte.toUnsignedInt(two.get(0)) << 8 | Byte.toUnsignedInt(two.get(1));
  }

  int u32InNetworkOrder() {
    return sized(4).duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0);
  }

  int u32() {
    return sized(4).getInt(0);
  }

  Ip ip(IpVersion version) {
    return Ip.ofBytes(bytes(version.bits() / 8));
  }

  /** An address of either family, told by its length. */
  Ip ip() {
    return ip(value.remaining() == 4 ? IpVersion.V4 : IpVersion.V6);
  }

  /** An Ethernet address, or null: other kinds of link have addresses of other lengths. */
  @Nullable MacAddress mac() {
    return value.remaining() == 6 ? MacAddress.ofBytes(bytes(6)) : null;
  }

  /** Text up to the first zero byte. A name of an interface may hold any byte. */
  String text() {
    int length = 0;
    while (length < value.remaining() && value.get(length) != 0) {
      length++;
    }
    var bytes = new byte[length];
    value.get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  AttributeReader nested() {
    return new AttributeReader(value);
  }

  ByteBuffer value() {
    return value;
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    sized(length).get(0, bytes);
    return bytes;
  }

  private ByteBuffer sized(int length) {
    if (value.remaining() != length) {
      throw new MalformedMessageException(
          "attribute " + type + " has " + value.remaining() + " bytes, not " + length);
    }
    return value;
  }
}
