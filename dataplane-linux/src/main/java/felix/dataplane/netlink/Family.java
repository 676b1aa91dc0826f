package felix.dataplane.netlink;

import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import org.jspecify.annotations.Nullable;

/** Address families, as messages number them. */
final class Family {
  static final int UNSPECIFIED = 0;
  static final int INET = 2;
  static final int BRIDGE = 7;
  static final int INET6 = 10;

  private Family() {}

  static int of(IpVersion version) {
    return switch (version) {
      case V4 -> INET;
      case V6 -> INET6;
    };
  }

  /** Null for a family that is not IP. */
  static @Nullable IpVersion version(int family) {
    return switch (family) {
      case INET -> IpVersion.V4;
      case INET6 -> IpVersion.V6;
      default -> null;
    };
  }

  /**
   * A network from an address and the length of its prefix.
   *
   * @throws MalformedMessageException if the prefix is longer than the address
   */
  static Cidr cidr(Ip address, int prefixLength) {
    if (prefixLength > address.version().bits()) {
      throw new MalformedMessageException(
          "prefix length " + prefixLength + " of an " + address.version() + " address");
    }
    return new Cidr(address, prefixLength);
  }
}
