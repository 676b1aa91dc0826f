package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;

/**
 * A member of an IP set on its way to or from the kernel: an address with a prefix, or with a
 * protocol and a port. Reused for one member after another, so that a hundred thousand of them
 * leave nothing to collect.
 */
public final class IpSetEntry {
  private static final int NONE = -1;

  private IpVersion version = IpVersion.V4;
  private long high;
  private long low;
  private int prefixLength = NONE;
  private int protocol = NONE;
  private int port = NONE;
  private boolean odd;

  /**
   * Becomes a network; all of its prefix is a single address. The words are those of an address.
   */
  public void setNet(IpVersion family, long highWord, long lowWord, int prefix) {
    setAddress(family, highWord, lowWord);
    prefixLength = prefix;
  }

  /** Becomes a port of an address. */
  public void setPort(
      IpVersion family, long highWord, long lowWord, int protocolNumber, int portNumber) {
    setAddress(family, highWord, lowWord);
    protocol = protocolNumber;
    port = portNumber;
  }

  /** Whether it is a network, or an address, of a family, and nothing else. */
  public boolean isNet(IpVersion family) {
    return !odd
        && version == family
        && protocol == NONE
        && port == NONE
        && prefixLength != 0
        && prefixLength <= family.bits();
  }

  /** Whether it is a port of an address of a family, and nothing else. */
  public boolean isPort(IpVersion family) {
    return !odd && version == family && prefixLength == NONE && protocol != NONE && port != NONE;
  }

  public IpVersion version() {
    return version;
  }

  /** The upper half of an IPv6 address; 0 for IPv4. */
  public long high() {
    return high;
  }

  /** The lower half of an IPv6 address, or an IPv4 address. */
  public long low() {
    return low;
  }

  /** Of a network. */
  public int prefixLength() {
    return prefixLength == NONE ? version.bits() : prefixLength;
  }

  /** Of a port: the number of its protocol. */
  public int protocol() {
    return protocol;
  }

  /** Of a port. */
  public int port() {
    return port;
  }

  boolean hasPort() {
    return port != NONE;
  }

  /** An address about which nothing else is known yet. */
  void setAddress(IpVersion family, long highWord, long lowWord) {
    version = family;
    high = highWord;
    low = lowWord;
    prefixLength = NONE;
    protocol = NONE;
    port = NONE;
    odd = false;
  }

  void setPrefixLength(int prefix) {
    prefixLength = prefix;
  }

  void setProtocol(int number) {
    protocol = number;
  }

  void setPort(int number) {
    port = number;
  }

  /** There is more to it than members of ours have. */
  void setOdd() {
    odd = true;
  }

  /** As {@code ipset} writes it; it reads protocols by number as well. */
  @Override
  public String toString() {
    var ip = new Ip(version, high, low);
    if (hasPort()) {
      return ip + "," + protocolName(protocol) + ":" + port;
    }
    return prefixLength() == version.bits() ? ip.toString() : ip + "/" + prefixLength;
  }

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
