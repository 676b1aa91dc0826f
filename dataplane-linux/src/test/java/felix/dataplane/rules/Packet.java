package felix.dataplane.rules;

import felix.model.Ip;
import felix.model.IpVersion;
import org.jspecify.annotations.Nullable;

/** A packet at a hook of the kernel. */
record Packet(Ip source, Ip destination, Payload payload, Way way) {
  /**
   * What it carries.
   *
   * @param protocol its number
   * @param sourcePort meaningless if the protocol has no ports, as are the others for others
   */
  record Payload(int protocol, int sourcePort, int destinationPort, int icmpType, int icmpCode) {}

  /**
   * Where it comes from and goes to.
   *
   * @param in null at OUTPUT and POSTROUTING
   * @param out null at INPUT and PREROUTING
   * @param reversePathFails whether a reply would leave through another interface
   */
  record Way(
      @Nullable String in, @Nullable String out, Connection connection, boolean reversePathFails) {}

  /** What connection tracking says. */
  enum Connection {
    NEW,
    ESTABLISHED,
    INVALID,
    /** Nothing: it was told to leave the packet alone. */
    UNTRACKED
  }

  /** The same, left alone by connection tracking. */
  Packet untracked() {
    return with(new Way(way.in(), way.out(), Connection.UNTRACKED, way.reversePathFails()));
  }

  /** The same before it is known where it goes. */
  Packet cameIn() {
    return with(new Way(way.in(), null, way.connection(), way.reversePathFails()));
  }

  private Packet with(Way other) {
    return new Packet(source, destination, payload, other);
  }

  IpVersion version() {
    return source.version();
  }

  Ip address(Side side) {
    return switch (side) {
      case SOURCE -> source;
      case DESTINATION -> destination;
    };
  }

  int port(Side side) {
    return switch (side) {
      case SOURCE -> payload.sourcePort();
      case DESTINATION -> payload.destinationPort();
    };
  }

  /** TCP, UDP, DCCP, SCTP, UDP-Lite. */
  boolean hasPorts() {
    return switch (payload.protocol()) {
      case 6, 17, 33, 132, 136 -> true;
      default -> false;
    };
  }

  /** The ICMP of its own family. */
  boolean isIcmp() {
    return payload.protocol() == (version() == IpVersion.V4 ? 1 : 58);
  }
}
