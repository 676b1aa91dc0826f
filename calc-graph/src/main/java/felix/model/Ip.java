package felix.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One IP address. An IPv4 address stands in the low 32 bits of {@code low}.
 *
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits
 */
public record Ip(IpVersion version, long high, long low) implements Comparable<Ip> {
  private static final Comparator<Ip> ORDER =
      Comparator.comparing(Ip::version)
          .thenComparing(Ip::high, Long::compareUnsigned)
          .thenComparing(Ip::low, Long::compareUnsigned);

  public Ip {
    if (version == IpVersion.V4 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException("more than 32 bits in an IPv4 address");
    }
  }

  /**
   * Reads {@code 10.0.0.1} or {@code fd00::1}. Never asks a name server.
   *
   * @throws IllegalArgumentException if the text is no address; the message repeats it
   */
  public static Ip parse(String text) {
    return IpText.parse(text);
  }

  /**
   * From an address in network byte order.
   *
   * @param bytes 4 or 16 of them
   */
  public static Ip ofBytes(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> new Ip(IpVersion.V4, 0, bits(bytes, 0, 4));
      case 16 -> new Ip(IpVersion.V6, bits(bytes, 0, 8), bits(bytes, 8, 16));
      default ->
          throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    };
  }

  /** The address in network byte order: 4 or 16 bytes. */
  public byte[] toBytes() {
    var bytes = new byte[version.bits() / 8];
    for (int i = 0; i < bytes.length; i++) {
      int fromRight = bytes.length - 1 - i;
      bytes[i] = (byte) ((fromRight < 8 ? low : high) >>> (8 * (fromRight % 8)));
    }
    return bytes;
  }

  /** This address as a network of one: /32 or /128. */
  public Cidr toCidr() {
    return new Cidr(this, version.bits());
  }

  /** The address with all but the first {@code prefixLength} bits cleared. */
  public Ip masked(int prefixLength) {
    if (version == IpVersion.V4) {
      return new Ip(
          version, 0, low & (0xffffffffL & (prefixLength == 0 ? 0 : -1L << (32 - prefixLength))));
    }
    long highMask = prefixLength == 0 ? 0 : prefixLength >= 64 ? -1L : -1L << (64 - prefixLength);
    long lowMask = prefixLength <= 64 ? 0 : prefixLength >= 128 ? -1L : -1L << (128 - prefixLength);
    return new Ip(version, high & highMask, low & lowMask);
  }

  @Override
  public int compareTo(Ip other) {
    return ORDER.compare(this, other);
  }

  /** Dotted decimal, or the short form of RFC 5952. */
  @Override
  public String toString() {
    return IpText.format(this);
  }

  private static long bits(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Ip ip && low == ip.low && high == ip.high && version == ip.version);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }
}
