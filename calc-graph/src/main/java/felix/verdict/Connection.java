package felix.verdict;

import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Protocol;

/**
 * A connection by its first packet, as policy sees it: its destination is translated already, its
 * source not yet.
 *
 * @param protocol its number
 */
public record Connection(Ip source, Ip destination, int protocol, Payload payload) {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;

  /** What its protocol says of it. */
  public sealed interface Payload {
    /** Of TCP, UDP, SCTP, UDP-Lite and DCCP. */
    record Ports(int source, int destination) implements Payload {}

    /** Of either family's ICMP. */
    record Icmp(int type, int code) implements Payload {}

    /** Nothing that a rule could ask for. */
    record Other() implements Payload {}
  }

  public IpVersion version() {
    return source.version();
  }

  /** Whether rules can ask for its ports. */
  boolean hasPorts() {
    return payload instanceof Payload.Ports && Protocol.hasPorts(protocol);
  }

  /** Whether rules can ask for its type: it is of its own family's ICMP. */
  boolean isIcmp() {
    int ofFamily =
        switch (version()) {
          case V4 -> ICMP;
          case V6 -> ICMPV6;
        };
    return protocol == ofFamily && payload instanceof Payload.Icmp;
  }
}
