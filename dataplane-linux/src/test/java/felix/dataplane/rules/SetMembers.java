package felix.dataplane.rules;

import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.model.Ip;
import java.util.Map;
import java.util.Set;

/** What the IP sets hold, of both families. */
record SetMembers(Map<IpSetId, Set<IpSetMember>> bySet) {
  boolean holds(IpSetId set, Ip address) {
    return bySet.getOrDefault(set, Set.of()).stream()
        .anyMatch(member -> member instanceof IpSetMember.Net(var net) && net.contains(address));
  }

  boolean holds(IpSetId set, Packet packet, Side side) {
    return packet.hasPorts()
        && bySet.getOrDefault(set, Set.of()).stream()
            .anyMatch(
                member ->
                    member instanceof IpSetMember.Port(var ip, var protocol, int port)
                        && ip.equals(packet.address(side))
                        && protocol.number() == packet.payload().protocol()
                        && port == packet.port(side));
  }
}
