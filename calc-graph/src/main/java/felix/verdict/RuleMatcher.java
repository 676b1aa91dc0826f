package felix.verdict;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.IpSetId;
import felix.model.Cidr;
import felix.model.IcmpMatch;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.verdict.Connection.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether rules match one connection. */
final class RuleMatcher {
  private final PolicyState state;
  private final Connection connection;
  private final End source;
  private final End destination;

  /** One end of the connection; port -1 where there are no ports. */
  private record End(Ip address, int port) {}

  RuleMatcher(PolicyState state, Connection connection) {
    this.state = state;
    this.connection = connection;
    boolean ports = connection.hasPorts();
    this.source = new End(connection.source(), ports ? ports().source() : -1);
    this.destination = new End(connection.destination(), ports ? ports().destination() : -1);
  }

  boolean matches(ActiveRule rule) {
    return isForFamily(rule)
        && matchesProtocol(rule)
        && matchesIcmp(rule)
        && matches(rule.source(), source)
        && matches(rule.destination(), destination);
  }

  /**
   * Whether there is such a rule in the connection's family: not if it is said to be for the other
   * one, nor if one of its lists of networks, also of excluded ones, has none of this one.
   */
  boolean isForFamily(ActiveRule rule) {
    return isForFamily(rule.ipVersion(), rule.protocol())
        && isForFamily(rule.source())
        && isForFamily(rule.destination());
  }

  /** A protocol's name, not its number, ties a rule to a family. */
  private boolean isForFamily(@Nullable IpVersion version, @Nullable Protocol protocol) {
    if (version != null || protocol == null) {
      return version == null || version == connection.version();
    }
    return switch (protocol.text()) {
      case "icmp" -> connection.version() == IpVersion.V4;
      case "icmpv6" -> connection.version() == IpVersion.V6;
      default -> true;
    };
  }

  private boolean isForFamily(ActiveEntity entity) {
    return hasSome(entity.nets()) && hasSome(entity.notNets());
  }

  private boolean hasSome(List<Cidr> nets) {
    return nets.isEmpty() || nets.stream().anyMatch(net -> net.version() == connection.version());
  }

  private boolean matchesProtocol(ActiveRule rule) {
    Protocol protocol = rule.protocol();
    Protocol not = rule.notProtocol();
    return (protocol == null || protocol.number() == connection.protocol())
        && (not == null || not.number() != connection.protocol());
  }

  private boolean matchesIcmp(ActiveRule rule) {
    IcmpMatch icmp = rule.icmp();
    IcmpMatch not = rule.notIcmp();
    return (icmp == null || isIcmp(icmp)) && (not == null || !isIcmp(not));
  }

  private boolean isIcmp(IcmpMatch icmp) {
    return connection.isIcmp()
        && connection.payload() instanceof Payload.Icmp(int type, int code)
        && icmp.type() == type
        && (icmp.code() == null || icmp.code() == code);
  }

  private boolean matches(ActiveEntity entity, End end) {
    return matchesNets(entity, end.address())
        && matchesSets(entity, end.address())
        && matchesPorts(entity, end);
  }

  private static boolean matchesNets(ActiveEntity entity, Ip address) {
    return (entity.nets().isEmpty() || holds(entity.nets(), address))
        && !holds(entity.notNets(), address);
  }

  private boolean matchesSets(ActiveEntity entity, Ip address) {
    return entity.ipSets().stream().allMatch(set -> isIn(set, address))
        && entity.notIpSets().stream().noneMatch(set -> isIn(set, address));
  }

  /** Numbered and named ports are alternatives. */
  private boolean matchesPorts(ActiveEntity entity, End end) {
    boolean any = entity.ports().isEmpty() && entity.portSets().isEmpty();
    return (any
            || holds(entity.ports(), end.port())
            || entity.portSets().stream().anyMatch(set -> isIn(set, end)))
        && !holds(entity.notPorts(), end.port())
        && entity.notPortSets().stream().noneMatch(set -> isIn(set, end));
  }

  private boolean isIn(IpSetId id, Ip address) {
    SetContents set = state.set(id);
    return set != null && set.holds(address);
  }

  private boolean isIn(IpSetId id, End end) {
    SetContents set = state.set(id);
    return set != null && set.holds(end.address(), connection.protocol(), end.port());
  }

  private static boolean holds(List<Cidr> nets, Ip address) {
    return nets.stream().anyMatch(net -> net.contains(address));
  }

  private static boolean holds(List<PortRange> ports, int port) {
    return ports.stream().anyMatch(range -> range.first() <= port && port <= range.last());
  }

  private Payload.Ports ports() {
    return (Payload.Ports) connection.payload();
  }
}
