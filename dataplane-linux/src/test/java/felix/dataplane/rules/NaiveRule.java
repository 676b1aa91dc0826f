package felix.dataplane.rules;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.model.Cidr;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a packet matches a rule: the data model's words, part by part, with no regard to cost.
 */
record NaiveRule(ActiveRule rule, SetMembers sets) {
  boolean matches(Packet packet) {
    return isForFamilyOf(packet)
        && matchesProtocol(packet)
        && matchesIcmp(packet)
        && matches(rule.source(), Side.SOURCE, packet)
        && matches(rule.destination(), Side.DESTINATION, packet);
  }

  /** A rule is left out of a family that is not its own, or of which a list holds no network. */
  boolean isForFamilyOf(Packet packet) {
    var family = family();
    return (family == null || family == packet.version())
        && isForFamily(rule.source(), packet.version())
        && isForFamily(rule.destination(), packet.version());
  }

  private @Nullable IpVersion family() {
    if (rule.ipVersion() != null) {
      return rule.ipVersion();
    }
    Protocol protocol = rule.protocol();
    if (protocol == null) {
      return null;
    }
    return switch (protocol.text()) {
      case "icmp" -> IpVersion.V4;
      case "icmpv6" -> IpVersion.V6;
      default -> null;
    };
  }

  private static boolean isForFamily(ActiveEntity entity, IpVersion version) {
    return hasSome(entity.nets(), version) && hasSome(entity.notNets(), version);
  }

  private static boolean hasSome(List<Cidr> nets, IpVersion version) {
    return nets.isEmpty() || nets.stream().anyMatch(net -> net.version() == version);
  }

  private boolean matchesProtocol(Packet packet) {
    var protocol = rule.protocol();
    var notProtocol = rule.notProtocol();
    return (protocol == null || protocol.number() == packet.payload().protocol())
        && (notProtocol == null || notProtocol.number() != packet.payload().protocol());
  }

  private boolean matchesIcmp(Packet packet) {
    var icmp = rule.icmp();
    var notIcmp = rule.notIcmp();
    return (icmp == null || isIcmp(packet, icmp.type(), icmp.code()))
        && (notIcmp == null || !isIcmp(packet, notIcmp.type(), notIcmp.code()));
  }

  private static boolean isIcmp(Packet packet, int type, @Nullable Integer code) {
    return packet.isIcmp()
        && packet.payload().icmpType() == type
        && (code == null || packet.payload().icmpCode() == code);
  }

  private boolean matches(ActiveEntity entity, Side side, Packet packet) {
    var address = packet.address(side);
    boolean nets =
        entity.nets().isEmpty() || entity.nets().stream().anyMatch(net -> net.contains(address));
    boolean notNets = entity.notNets().stream().noneMatch(net -> net.contains(address));
    boolean sets = entity.ipSets().stream().allMatch(set -> this.sets.holds(set, address));
    boolean notSets = entity.notIpSets().stream().noneMatch(set -> this.sets.holds(set, address));
    boolean noPorts = entity.ports().isEmpty() && entity.portSets().isEmpty();
    boolean ports =
        isPort(entity.ports(), side, packet)
            || entity.portSets().stream().anyMatch(set -> this.sets.holds(set, packet, side));
    boolean notPorts = !isPort(entity.notPorts(), side, packet);
    boolean notPortSets =
        entity.notPortSets().stream().noneMatch(set -> this.sets.holds(set, packet, side));
    return nets && notNets && sets && notSets && (noPorts || ports) && notPorts && notPortSets;
  }

  private static boolean isPort(List<PortRange> ports, Side side, Packet packet) {
    int port = packet.port(side);
    return packet.hasPorts()
        && ports.stream().anyMatch(range -> range.first() <= port && port <= range.last());
  }
}
