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

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** In native order; read by offset, so that nothing is made for what nobody asks for. */
  private final ByteBuffer bytes;

  private final int end;
  private int next;
  private int type;

  /** Where the value is. */
  private int start;

  private int length;

  /** Reads the rest of a buffer. */
  AttributeReader(ByteBuffer attributes) {
    this(attributes.slice().order(ByteOrder.nativeOrder()), 0, attributes.remaining());
  }

  /** Reads what is between two offsets of a buffer in native order. */
  AttributeReader(ByteBuffer bytes, int from, int to) {
    this.bytes = bytes;
    this.next = from;
    this.end = to;
  }

  /** Goes to the next attribute; false if there is none. */
  boolean next() {
    if (end - next < HEADER_BYTES) {
      return false; // the kernel, too, takes a few bytes too many for padding
    }
    int whole = Short.toUnsignedInt(bytes.getShort(next));
    if (whole < HEADER_BYTES || whole > end - next) {
      throw new MalformedMessageException(
          "an attribute of " + whole + " bytes, " + (end - next) + " are left");
    }
    type = bytes.getShort(next + 2) & TYPE_MASK;
    start = next + HEADER_BYTES;
    length = whole - HEADER_BYTES;
    next = Math.min(end, next + RawMessage.aligned(whole));
    return true;
  }

  int type() {
    return type;
  }

  int u8() {
    return Byte.toUnsignedInt(bytes.get(sized(1)));
  }

  int u16InNetworkOrder() {
    short number = bytes.getShort(sized(2));
    return Short.toUnsignedInt(LITTLE_ENDIAN ? Short.reverseBytes(number) : number);
  }

  int u32InNetworkOrder() {
    int number = bytes.getInt(sized(4));
    return LITTLE_ENDIAN ? Integer.reverseBytes(number) : number;
  }

  int u32() {
    return bytes.getInt(sized(4));
  }

  Ip ip(IpVersion version) {
    return Ip.ofBytes(bytes(version.bits() / 8));
  }

  /** An address of either family, told by its length. */
  Ip ip() {
    return ip(length == 4 ? IpVersion.V4 : IpVersion.V6);
  }

  /** An Ethernet address, or null: other kinds of link have addresses of other lengths. */
  @Nullable MacAddress mac() {
    return length == 6 ? MacAddress.ofBytes(bytes(6)) : null;
  }

  /** Text up to the first zero byte. A name of an interface may hold any byte. */
  String text() {
    byte[] text = bytes(length);
    int chars = 0;
    while (chars < length && text[chars] != 0) {
      chars++;
    }
    return new String(text, 0, chars, StandardCharsets.ISO_8859_1);
  }

  AttributeReader nested() {
    return new AttributeReader(bytes, start, start + length);
  }

  /** A view. */
  ByteBuffer value() {
    return bytes.slice(start, length).order(ByteOrder.nativeOrder());
  }

  private byte[] bytes(int count) {
    var copy = new byte[count];
    bytes.get(sized(count), copy);
    return copy;
  }

  /** Where the value is, if it has this length. */
  private int sized(int count) {
    if (length != count) {
      throw new MalformedMessageException(
          "attribute " + type + " has " + length + " bytes, not " + count);
    }
    return start;
  }
}
