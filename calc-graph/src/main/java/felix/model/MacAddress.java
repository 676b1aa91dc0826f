package felix.model;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param value in the low 48 bits
 */
public record MacAddress(long value) {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  public MacAddress {
    if (value >>> 48 != 0) {
      throw new IllegalArgumentException("more than 48 bits in a MAC address");
    }
  }

  /**
   * Reads {@code 02:00:00:00:00:01}.
   *
   * @throws IllegalArgumentException if the text is no such address; the message repeats it
   */
  public static MacAddress parse(String text) {
    try {
      return ofBytes(COLONS.parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a MAC address: '" + Shown.of(text) + "'", e);
    }
  }

  /**
   * From the address in the order in which it goes over the wire.
   *
   * @param bytes 6 of them
   */
  public static MacAddress ofBytes(byte[] bytes) {
    if (bytes.length != 6) {
      throw new IllegalArgumentException("a MAC address has 6 bytes, not " + bytes.length);
    }
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | (b & 0xff);
    }
    return new MacAddress(value);
  }

  /** The address in the order in which it goes over the wire: 6 bytes. */
  public byte[] toBytes() {
    var bytes = new byte[6];
    for (int i = 0; i < 6; i++) {
      bytes[i] = (byte) (value >>> (40 - 8 * i));
    }
    return bytes;
  }

  @Override
  public String toString() {
    return COLONS.formatHex(toBytes());
  }
}
