package felix.dataplane.rules;

import felix.model.Cidr;
import felix.model.IcmpMatch;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import java.util.List;

/**
 * One condition of a rule. Every part is a checked value, so that no text from outside can change
 * what a rule says; {@link MatchText} writes them for iptables.
 */
public sealed interface Match {
  /**
   * The packet came in through this interface; a name that ends in '+' stands for all that begin
   * so.
   */
  record InInterface(String name) implements Match {
    public InInterface {
      Tokens.checkInterface(name);
    }
  }

  /** The packet leaves through this interface; '+' as in {@link InInterface}. */
  record OutInterface(String name) implements Match {
    public OutInterface {
      Tokens.checkInterface(name);
    }
  }

  /** The packet is of this protocol, or is not. */
  record OfProtocol(Protocol protocol, boolean negated) implements Match {}

  /** An address is within a network, or is not. At most one for each side of a rule. */
  record InNet(Side side, Cidr net, boolean negated) implements Match {}

  /** An address is this one. At most one such, or one {@link InNet}, for each side of a rule. */
  record IsAddress(Side side, Ip address) implements Match {}

  /** An address is in an IP set, or is not. */
  record InIpSet(Side side, String set, boolean negated) implements Match {
    public InIpSet {
      Tokens.checkIpSet(set);
    }
  }

  /** An address with its protocol and port is in an IP set, or is not. */
  record InPortSet(Side side, String set, boolean negated) implements Match {
    public InPortSet {
      Tokens.checkIpSet(set);
    }
  }

  /**
   * A port is one of these, or is none of them. Only beside a match of a protocol with ports.
   *
   * @param ports at most {@link PortSlots#MAX} slots
   */
  record OfPorts(Side side, List<PortRange> ports, boolean negated) implements Match {
    public OfPorts {
      ports = List.copyOf(ports);
      int slots = PortSlots.of(ports);
      if (slots < 1 || slots > PortSlots.MAX) {
        throw new IllegalArgumentException("ports do not fit into one match: " + ports);
      }
    }

    static OfPorts of(Side side, int port) {
      return new OfPorts(side, List.of(PortRange.of(port)), false);
    }
  }

  /** ICMP of the family has this type and perhaps code. Only beside a match of that protocol. */
  record OfIcmp(IpVersion version, IcmpMatch icmp, boolean negated) implements Match {}

  /** All of these mark bits are set. */
  record MarkSet(int bits) implements Match {}

  /** None of these mark bits is set. */
  record MarkClear(int bits) implements Match {}

  /** What connection tracking says of the packet. */
  record InState(ConnectionState state) implements Match {}

  /** A reply would not leave through the interface that the packet came from. */
  record ReversePathFails() implements Match {}

  /**
   * An address is one of this host's, or is not.
   *
   * @param ofOutInterface whether only those of the interface that the packet leaves through count;
   *     not at INPUT and PREROUTING
   */
  record IsLocal(Side side, boolean ofOutInterface, boolean negated) implements Match {}

  /** It is one of so many a unit of time. The last match: it counts the packets that it sees. */
  record Limited(LogLimit limit) implements Match {}

  /** States of connection tracking that rules ask for. */
  enum ConnectionState {
    RELATED_OR_ESTABLISHED,
    INVALID
  }
}
