package felix.dataplane.rules;

import felix.delta.ActiveHost;
import felix.delta.Direction;
import felix.model.RuleAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What host endpoints decide about a packet, stage by stage: part of the oracle of the tables. */
final class NaiveHostEndpoints {
  private final Scenario scenario;
  private final RuleSettings settings;

  NaiveHostEndpoints(Scenario scenario, RuleSettings settings) {
    this.scenario = scenario;
    this.settings = settings;
  }

  enum Fate {
    /** Policy allowed it. */
    ALLOWED,
    DENIED,
    /** The rest of the table has no say any more, but policy did not allow it. */
    LET_GO,
    /** A policy had its say, and did not decide. */
    OPEN,
    /** No endpoint has a say. */
    NOT_ASKED
  }

  /** Before connection tracking; the endpoint of all interfaces has no say here. */
  Fate untracked(String interfaceName, Direction direction, Packet packet, NaivePolicy policy) {
    ActiveHost host = scenario.hosts().get(interfaceName);
    if (host == null || host.policies().untracked().isEmpty()) {
      return Fate.NOT_ASKED;
    }
    var mine = ports(direction);
    var other = ports(direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS);
    boolean asked = isOf(mine, Side.DESTINATION, direction, packet);
    boolean answered = isOf(other, Side.SOURCE, direction, packet);
    if (asked || answered) {
      return Fate.LET_GO;
    }
    return fate(policy.tiers(host.policies().untracked(), direction, packet));
  }

  /**
   * Before a destination is translated. An endpoint without policy for that leaves the say to that
   * of all interfaces, as in v3.14.
   */
  Fate preDnat(String interfaceName, Packet packet, NaivePolicy policy) {
    ActiveHost own = scenario.hosts().get(interfaceName);
    ActiveHost host =
        own == null || own.policies().preDnat().isEmpty()
            ? scenario.hosts().get(ChainNames.ANY_INTERFACE)
            : own;
    if (host == null || host.policies().preDnat().isEmpty()) {
      return Fate.NOT_ASKED;
    }
    if (isInvalid(packet)) {
      return Fate.DENIED;
    }
    if (isOf(ports(Direction.INGRESS), Side.DESTINATION, Direction.INGRESS, packet)) {
      return Fate.LET_GO;
    }
    return fate(policy.tiers(host.policies().preDnat(), Direction.INGRESS, packet));
  }

  /** What comes to the host, or leaves it. */
  Fate own(String interfaceName, Direction direction, Packet packet, NaivePolicy policy) {
    ActiveHost host = endpoint(interfaceName);
    if (host == null) {
      return Fate.NOT_ASKED;
    }
    if (packet.way().connection() == Packet.Connection.ESTABLISHED) {
      return Fate.ALLOWED;
    }
    if (isInvalid(packet)) {
      return Fate.DENIED;
    }
    if (isOf(ports(direction), Side.DESTINATION, direction, packet)) {
      return Fate.LET_GO;
    }
    var action = policy.tiers(host.policies().tracked(), direction, packet);
    boolean allowed =
        action == RuleAction.PASS
            ? policy.profilesAllow(host.profiles(), direction, packet)
            : action == RuleAction.ALLOW;
    return allowed ? Fate.ALLOWED : Fate.DENIED;
  }

  /** What the host forwards. */
  Fate forwarded(String interfaceName, Direction direction, Packet packet, NaivePolicy policy) {
    ActiveHost host = endpoint(interfaceName);
    if (host == null) {
      return Fate.NOT_ASKED;
    }
    if (packet.way().connection() == Packet.Connection.ESTABLISHED) {
      return settings.verdicts().filter() == AllowAction.ACCEPT ? Fate.LET_GO : Fate.ALLOWED;
    }
    if (isInvalid(packet)) {
      return Fate.DENIED;
    }
    var tiers = host.policies().forwarded();
    return NaivePolicy.haveSay(tiers, direction)
        ? fate(policy.tiers(tiers, direction, packet))
        : Fate.ALLOWED;
  }

  private @Nullable ActiveHost endpoint(String interfaceName) {
    ActiveHost own = scenario.hosts().get(interfaceName);
    return own == null ? scenario.hosts().get(ChainNames.ANY_INTERFACE) : own;
  }

  private boolean isInvalid(Packet packet) {
    return settings.dropInvalid() && packet.way().connection() == Packet.Connection.INVALID;
  }

  private List<FailsafePort> ports(Direction direction) {
    return switch (direction) {
      case INGRESS -> settings.failsafePorts().inbound();
      case EGRESS -> settings.failsafePorts().outbound();
    };
  }

  /** The other end is where a packet comes from, or goes to. */
  private static boolean isOf(
      List<FailsafePort> ports, Side side, Direction direction, Packet packet) {
    var other = direction == Direction.INGRESS ? packet.source() : packet.destination();
    return ports.stream()
        .anyMatch(
            port ->
                port.protocol().number() == packet.payload().protocol()
                    && port.port() == packet.port(side)
                    && (port.net() == null || port.net().contains(other)));
  }

  private static Fate fate(RuleAction action) {
    return switch (action) {
      case ALLOW -> Fate.ALLOWED;
      case DENY -> Fate.DENIED;
      case PASS, LOG -> Fate.OPEN;
    };
  }
}
