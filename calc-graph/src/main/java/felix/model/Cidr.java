package felix.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A network: its lowest address and the length of its prefix. Host bits are always zero.
 *
 * @param prefixLength 0 to 32, or to 128 for IPv6
 */
public record Cidr(Ip address, int prefixLength) implements Comparable<Cidr> {
  private static final Comparator<Cidr> ORDER =
      Comparator.comparing(Cidr::address).thenComparingInt(Cidr::prefixLength);

  public Cidr {
    if (prefixLength < 0 || prefixLength > address.version().bits()) {
      throw new IllegalArgumentException("prefix length out of range: /" + prefixLength);
    }
    address = address.masked(prefixLength);
  }

  /**
   * Reads {@code 10.0.0.0/8}, or an address alone, which is a network of one. Host bits are
   * cleared.
   *
   * @throws IllegalArgumentException if the text is neither; the message repeats it
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Ip.parse(text).toCidr();
    }
    Ip address = Ip.parse(text.substring(0, slash));
    String length = text.substring(slash + 1);
    if (!isShortNumber(length) || Integer.parseInt(length) > address.version().bits()) {
      throw new IllegalArgumentException("not a network: '" + Shown.of(text) + "'");
    }
    return new Cidr(address, Integer.parseInt(length));
  }

  private static boolean isShortNumber(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 3;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits;
  }

  public IpVersion version() {
    return address.version();
  }

  /** Whether it holds just one address. */
  public boolean isSingleAddress() {
    return prefixLength == version().bits();
  }

  public boolean contains(Ip ip) {
    return ip.version() == version() && ip.masked(prefixLength).equals(address);
  }

  public boolean contains(Cidr other) {
    return other.prefixLength >= prefixLength && contains(other.address);
  }

  @Override
  public int compareTo(Cidr other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Cidr cidr
            && prefixLength == cidr.prefixLength
            && address.equals(cidr.address));
  }

  @Override
  public int hashCode() {
    return 31 * address.hashCode() + prefixLength;
  }
}
