package felix.verdict;

import felix.delta.IpSetMember;
import felix.model.Cidr;
import felix.model.Ip;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an IP set holds. An address is looked for once for each length of prefix that there is,
 * however many members there are.
 */
final class SetContents {
  private record Port(Ip address, int protocol, int port) {}

  private final Map<Integer, Set<Ip>> netsByLength = new HashMap<>();

  /** Counted: a protocol can be written by name and by number. */
  private final Map<Port, Integer> ports = new HashMap<>();

  void add(IpSetMember member) {
    switch (member) {
      case IpSetMember.Net(Cidr net) ->
          netsByLength
              .computeIfAbsent(net.prefixLength(), length -> new HashSet<>())
              .add(net.address());
      case IpSetMember.Port port -> ports.merge(key(port), 1, Integer::sum);
    }
  }

  void remove(IpSetMember member) {
    switch (member) {
      case IpSetMember.Net(Cidr net) ->
          netsByLength.computeIfPresent(
              net.prefixLength(),
              (length, nets) -> {
                nets.remove(net.address());
                return nets.isEmpty() ? null : nets;
              });
      case IpSetMember.Port port ->
          ports.computeIfPresent(key(port), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  boolean isEmpty() {
    return netsByLength.isEmpty() && ports.isEmpty();
  }

  /** As a set of networks. */
  boolean holds(Ip address) {
    for (var nets : netsByLength.entrySet()) {
      if (nets.getValue().contains(address.masked(nets.getKey()))) {
        return true;
      }
    }
    return false;
  }

  /** As a set of ports. */
  boolean holds(Ip address, int protocol, int port) {
    return ports.containsKey(new Port(address, protocol, port));
  }

  private static Port key(IpSetMember.Port member) {
    return new Port(member.ip(), member.protocol().number(), member.port());
  }
}
