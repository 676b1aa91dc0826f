package felix.dataplane.rules;

import felix.dataplane.rules.PacketWalk.Verdict;
import felix.delta.ActiveWorkload;
import felix.model.IpVersion;
import felix.model.PortRange;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of a packet on a host that holds a scenario: the oracle of the tables. */
final class NaiveHost {
  private static final Set<Integer> NEIGHBOUR_DISCOVERY = Set.of(130, 131, 132, 133, 135, 136);

  private final Scenario scenario;
  private final RuleSettings settings;
  private final SetMembers sets;
  private final OverlayState overlay;
  private final HostAddresses local;

  NaiveHost(
      Scenario scenario,
      RuleSettings settings,
      SetMembers sets,
      OverlayState overlay,
      HostAddresses local) {
    this.scenario = scenario;
    this.settings = settings;
    this.sets = sets;
    this.overlay = overlay;
    this.local = local;
  }

  record Expected(Verdict verdict, int logLines) {}

  Expected forwarded(Packet packet) {
    var policy = new NaivePolicy(scenario, sets);
    var verdict = Verdict.UNDECIDED;
    if (isWorkloads(packet.way().in())) {
      verdict = endpoint(policy, packet.way().in(), Direction.EGRESS, packet);
    }
    boolean decided = verdict == Verdict.DROP || isEstablishedAndAccepted(verdict, packet);
    if (!decided && isWorkloads(packet.way().out())) {
      verdict = endpoint(policy, packet.way().out(), Direction.INGRESS, packet);
    }
    boolean ended = verdict == Verdict.DROP || isEstablishedAndAccepted(verdict, packet);
    if (!ended && isToService(packet)) {
      return new Expected(Verdict.DROP, policy.logLines());
    }
    boolean left = verdict == Verdict.ACCEPT && settings.verdicts().filter() == AllowAction.RETURN;
    return new Expected(left ? Verdict.UNDECIDED : verdict, policy.logLines());
  }

  private boolean isToService(Packet packet) {
    return settings.extras().serviceLoops() != ServiceLoops.DISABLED
        && overlay.serviceNetworks().stream().anyMatch(net -> net.contains(packet.destination()));
  }

  /** To this host. */
  Expected received(Packet packet) {
    boolean fromVtep = sets.holds(FixedIpSets.ALL_VTEPS, packet.source());
    boolean fromHost = sets.holds(FixedIpSets.ALL_HOSTS, packet.source());
    boolean toUs = local.isLocal(packet.destination());
    if (overlay.encapsulations().ipip() && isIpip(packet)) {
      return new Expected(fromHost && toUs ? allowed() : Verdict.DROP, 0);
    }
    if (overlay.encapsulations().vxlan() && isVxlan(packet) && toUs) {
      return new Expected(fromVtep ? allowed() : Verdict.DROP, 0);
    }
    return isWorkloads(packet.way().in())
        ? receivedFromWorkload(packet)
        : new Expected(Verdict.UNDECIDED, 0);
  }

  /** From this host. */
  Expected sent(Packet packet) {
    boolean toVtep = sets.holds(FixedIpSets.ALL_VTEPS, packet.destination());
    boolean toHost = sets.holds(FixedIpSets.ALL_HOSTS, packet.destination());
    boolean allowed =
        local.isLocal(packet.source())
            && !isWorkloads(packet.way().out())
            && ((overlay.encapsulations().ipip() && isIpip(packet) && toHost)
                || (overlay.encapsulations().vxlan() && isVxlan(packet) && toVtep));
    return new Expected(allowed ? allowed() : Verdict.UNDECIDED, 0);
  }

  /** Whether connection tracking should see it. */
  boolean isUntracked(Packet packet) {
    return overlay.encapsulations().vxlan() && isVxlan(packet);
  }

  /** What gives a packet that leaves another source; null for nothing. */
  @Nullable Action translation(Packet packet) {
    var nat = settings.nat();
    boolean toTheWorld =
        sets.holds(FixedIpSets.MASQUERADED_POOLS, packet.source())
            && !sets.holds(FixedIpSets.ALL_POOLS, packet.destination())
            && !(nat.exceptHosts() && sets.holds(FixedIpSets.ALL_HOSTS, packet.destination()));
    if (overlay.natOutgoing() && toTheWorld && isFiltered(packet.way().out())) {
      boolean portsCount = Set.of(6, 17).contains(packet.payload().protocol());
      var ports = portsCount ? nat.ports() : null;
      return nat.address() != null && nat.address().version() == packet.version()
          ? new Action.SourceNat(nat.address(), ports, true)
          : new Action.Masquerade(ports, true);
    }
    String out = packet.way().out();
    boolean withWrongAddress =
        out != null
            && overlay.tunnels().contains(out)
            && local.isLocal(packet.source())
            && !local.isOf(out, packet.source());
    boolean answersLookLikeVxlan =
        overlay.encapsulations().vxlan() && packet.payload().protocol() == 17;
    return withWrongAddress
        ? new Action.Masquerade(answersLookLikeVxlan ? otherPorts() : null, true)
        : null;
  }

  /** Those of the larger side that are not VXLAN's. */
  private PortRange otherPorts() {
    int port = settings.encapsulated().vxlanPort();
    return port > (1024 + 65535) / 2
        ? new PortRange(1024, port - 1)
        : new PortRange(port + 1, 65535);
  }

  private boolean isFiltered(@Nullable String out) {
    String filter = settings.nat().interfaceFilter();
    return filter.isEmpty()
        || (filter.endsWith("+")
            ? out != null && out.startsWith(filter.substring(0, filter.length() - 1))
            : filter.equals(out));
  }

  private Verdict allowed() {
    return switch (settings.verdicts().filter()) {
      case ACCEPT -> Verdict.ACCEPT;
      case RETURN -> Verdict.UNDECIDED;
    };
  }

  private Expected receivedFromWorkload(Packet packet) {
    boolean discovery =
        packet.version() == IpVersion.V6
            && packet.isIcmp()
            && NEIGHBOUR_DISCOVERY.contains(packet.payload().icmpType());
    if (discovery) {
      return new Expected(allowed(), 0);
    }
    var policy = new NaivePolicy(scenario, sets);
    var verdict = endpoint(policy, packet.way().in(), Direction.EGRESS, packet);
    if (verdict == Verdict.ACCEPT && !isEstablishedAndAccepted(verdict, packet)) {
      verdict =
          switch (settings.endpointToHost()) {
            case ACCEPT -> Verdict.ACCEPT;
            case RETURN -> Verdict.UNDECIDED;
            case DROP -> Verdict.DROP;
          };
    }
    return new Expected(verdict, policy.logLines());
  }

  private Verdict endpoint(
      NaivePolicy policy, @Nullable String interfaceName, Direction direction, Packet packet) {
    var workload = workload(interfaceName);
    if (workload.isEmpty()) {
      return Verdict.DROP;
    }
    if (packet.way().connection() == Packet.Connection.ESTABLISHED) {
      return Verdict.ACCEPT;
    }
    boolean invalid =
        settings.dropInvalid() && packet.way().connection() == Packet.Connection.INVALID;
    boolean encapsulated = direction == Direction.EGRESS && isEncapsulated(packet);
    return !invalid && !encapsulated && policy.allows(workload.get(), direction, packet)
        ? Verdict.ACCEPT
        : Verdict.DROP;
  }

  private boolean isEstablishedAndAccepted(Verdict verdict, Packet packet) {
    return verdict == Verdict.ACCEPT
        && settings.verdicts().filter() == AllowAction.ACCEPT
        && packet.way().connection() == Packet.Connection.ESTABLISHED;
  }

  /** And workloads may not send such. */
  private boolean isEncapsulated(Packet packet) {
    var may = settings.encapsulated();
    return (isIpip(packet) && !may.ipipFromWorkloads())
        || (isVxlan(packet) && !may.vxlanFromWorkloads());
  }

  private static boolean isIpip(Packet packet) {
    return packet.payload().protocol() == 4;
  }

  private boolean isVxlan(Packet packet) {
    return packet.payload().protocol() == 17
        && packet.payload().destinationPort() == settings.encapsulated().vxlanPort();
  }

  private boolean isWorkloads(@Nullable String interfaceName) {
    return interfaceName != null
        && settings.interfacePrefixes().stream().anyMatch(interfaceName::startsWith);
  }

  private Optional<ActiveWorkload> workload(@Nullable String interfaceName) {
    return scenario.workloads().stream()
        .filter(workload -> workload.interfaceName().equals(interfaceName))
        .findFirst();
  }
}
