package felix.dataplane.netlink;

import felix.model.Ip;

/**
 * What tells packets of one direction of a tracked connection from all others.
 *
 * @param protocol its number
 * @param zone of this direction only ({@code CT --zone-orig}); 0 for none of its own
 */
public record ConntrackTuple(Ip source, Ip destination, int protocol, Detail detail, int zone) {
  /** What beyond addresses and protocol. */
  public sealed interface Detail {
    /** No more. */
    Detail NONE = new None();

    /** Of a protocol with ports; of GRE, its keys. */
    record Ports(int source, int destination) implements Detail {}

    /** Of either family's ICMP. */
    record Icmp(int type, int code, int id) implements Detail {}

    /** The kernel looks no deeper. */
    record None() implements Detail {}
  }

  @Override
  public String toString() {
    String addresses = source + " -> " + destination + " protocol " + protocol;
    return switch (detail) {
      case Detail.Ports(int from, int to) -> addresses + " ports " + from + " -> " + to;
      case Detail.Icmp(int type, int code, int id) ->
          addresses + " type " + type + " code " + code + " id " + id;
      case Detail.None() -> addresses;
    };
  }
}
