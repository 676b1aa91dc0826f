package felix.dataplane.rules;

import static java.util.Objects.requireNonNull;

import felix.dataplane.rules.NaiveHostEndpoints.Fate;
import felix.dataplane.rules.PacketWalk.Verdict;
import felix.delta.ActiveWorkload;
import felix.delta.Direction;
import felix.model.AddressTranslation;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.RuleAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of a packet on a host that holds a scenario: the oracle of the tables. */
final class NaiveHost {
  private static final Set<Integer> NEIGHBOUR_DISCOVERY = Set.of(130, 131, 132, 133, 135, 136);

  private final Scenario scenario;
  private final RuleSettings settings;
  private final SetMembers sets;
  private final OverlayState overlay;
  private final HostAddresses local;
  private final NaiveHostEndpoints hosts;

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
    this.hosts = new NaiveHostEndpoints(scenario, settings);
  }

  /**
   * What becomes of a packet.
   *
   * @param untracked whether connection tracking will not see it; false if it is dropped
   */
  record Expected(Verdict verdict, int logLines, boolean untracked) {
    Expected {
      untracked &= verdict != Verdict.DROP;
    }
  }

  /** A packet on its way through the tables. */
  private final class Journey {
    private final NaivePolicy policy = new NaivePolicy(scenario, sets);

    /** As connection tracking shows it to later tables. */
    private Packet packet;

    private boolean untracked;
    private boolean accepted;

    Journey(Packet packet) {
      this.packet = packet;
    }

    /** Through raw and mangle; whether it lives. */
    boolean comesIn() {
      String in = requireNonNull(packet.way().in());
      if (isWorkloads(in) && packet.way().reversePathFails() && !maySpoof(in, packet.source())) {
        return false;
      }
      untracked = isOverlays(packet);
      packet = untracked ? packet.untracked() : packet;
      return (isWorkloads(in) || untracked(in, Direction.INGRESS)) && preDnat(in);
    }

    /** Through raw; whether it lives. */
    boolean leaves() {
      return untracked(requireNonNull(packet.way().out()), Direction.EGRESS);
    }

    private boolean untracked(String interfaceName, Direction direction) {
      var fate = hosts.untracked(interfaceName, direction, packet, policy);
      accepted = fate == Fate.ALLOWED;
      // Only on the way out the overlay's rule comes after policy's.
      untracked |= accepted || (fate != Fate.LET_GO && isOverlays(packet));
      packet = untracked ? packet.untracked() : packet;
      return fate != Fate.DENIED;
    }

    private boolean preDnat(String interfaceName) {
      if (accepted || packet.way().connection() == Packet.Connection.ESTABLISHED) {
        return true;
      }
      var fate = hosts.preDnat(interfaceName, packet, policy);
      accepted = fate == Fate.ALLOWED;
      return fate != Fate.DENIED;
    }

    Verdict isForwarded() {
      policy.forgetPass();
      String in = requireNonNull(packet.way().in());
      String out = requireNonNull(packet.way().out());
      var stations = new ArrayList<Supplier<Fate>>();
      if (!accepted) {
        stations.add(() -> hosts.forwarded(in, Direction.INGRESS, packet, policy));
      }
      if (isWorkloads(in)) {
        stations.add(() -> workload(in, Direction.EGRESS));
      }
      if (isWorkloads(out)) {
        stations.add(() -> workload(out, Direction.INGRESS));
      }
      stations.add(() -> hosts.forwarded(out, Direction.EGRESS, packet, policy));
      for (var station : stations) {
        switch (station.get()) {
          case DENIED -> {
            return Verdict.DROP;
          }
          case LET_GO -> {
            return Verdict.ACCEPT;
          }
          case ALLOWED -> accepted = true;
          case OPEN -> accepted = false;
          case NOT_ASKED -> {}
        }
      }
      if (isToService(packet)) {
        return Verdict.DROP;
      }
      return accepted ? allowed() : Verdict.UNDECIDED;
    }

    Verdict isReceived() {
      boolean fromVtep = sets.holds(FixedIpSets.ALL_VTEPS, packet.source());
      boolean fromHost = sets.holds(FixedIpSets.ALL_HOSTS, packet.source());
      boolean toUs = local.isLocal(packet.destination());
      if (overlay.encapsulations().ipip() && isIpip(packet)) {
        return fromHost && toUs ? allowed() : Verdict.DROP;
      }
      if (isOverlays(packet) && toUs) {
        return fromVtep ? allowed() : Verdict.DROP;
      }
      String in = requireNonNull(packet.way().in());
      if (isWorkloads(in)) {
        return isReceivedFromWorkload(in);
      }
      if (accepted) {
        return allowed();
      }
      policy.forgetPass();
      return verdict(hosts.own(in, Direction.INGRESS, packet, policy));
    }

    private Verdict isReceivedFromWorkload(String in) {
      boolean discovery =
          packet.version() == IpVersion.V6
              && packet.isIcmp()
              && NEIGHBOUR_DISCOVERY.contains(packet.payload().icmpType());
      if (discovery) {
        return allowed();
      }
      return switch (workload(in, Direction.EGRESS)) {
        case DENIED -> Verdict.DROP;
        case LET_GO -> Verdict.ACCEPT;
        case ALLOWED, OPEN, NOT_ASKED ->
            switch (settings.endpointToHost()) {
              case ACCEPT -> Verdict.ACCEPT;
              case RETURN -> Verdict.UNDECIDED;
              case DROP -> Verdict.DROP;
            };
      };
    }

    Verdict isSent() {
      if (accepted) {
        return allowed();
      }
      String out = requireNonNull(packet.way().out());
      if (isWorkloads(out)) {
        return Verdict.UNDECIDED;
      }
      boolean toVtep = sets.holds(FixedIpSets.ALL_VTEPS, packet.destination());
      boolean toHost = sets.holds(FixedIpSets.ALL_HOSTS, packet.destination());
      boolean wrapped =
          (overlay.encapsulations().ipip() && isIpip(packet) && toHost)
              || (isOverlays(packet) && toVtep);
      if (wrapped && local.isLocal(packet.source())) {
        return allowed();
      }
      policy.forgetPass();
      return verdict(hosts.own(out, Direction.EGRESS, packet, policy));
    }

    private Fate workload(String interfaceName, Direction direction) {
      var workload = NaiveHost.this.workload(interfaceName);
      if (workload.isEmpty()) {
        return Fate.DENIED;
      }
      if (packet.way().connection() == Packet.Connection.ESTABLISHED) {
        return settings.verdicts().filter() == AllowAction.ACCEPT ? Fate.LET_GO : Fate.ALLOWED;
      }
      boolean invalid =
          settings.dropInvalid() && packet.way().connection() == Packet.Connection.INVALID;
      boolean encapsulated = direction == Direction.EGRESS && isEncapsulated(packet);
      return !invalid && !encapsulated && allows(workload.get(), direction)
          ? Fate.ALLOWED
          : Fate.DENIED;
    }

    private boolean allows(ActiveWorkload workload, Direction direction) {
      var action = policy.tiers(workload.tiers(), direction, packet);
      return action == RuleAction.PASS
          ? policy.profilesAllow(workload.profiles(), direction, packet)
          : action == RuleAction.ALLOW;
    }

    private Verdict verdict(Fate fate) {
      return switch (fate) {
        case ALLOWED -> allowed();
        case DENIED -> Verdict.DROP;
        case LET_GO -> Verdict.ACCEPT;
        case OPEN, NOT_ASKED -> Verdict.UNDECIDED;
      };
    }

    Expected ends(Verdict verdict) {
      return new Expected(verdict, policy.logLines(), untracked);
    }
  }

  Expected forwarded(Packet packet) {
    var journey = new Journey(packet);
    return journey.ends(journey.comesIn() ? journey.isForwarded() : Verdict.DROP);
  }

  private boolean maySpoof(String interfaceName, Ip source) {
    return settings.extras().sourceSpoofing()
        && workload(interfaceName).stream()
            .flatMap(workload -> workload.extras().spoofableSources().stream())
            .anyMatch(network -> network.contains(source));
  }

  /** The first, as text, of those that lead back to an address; null for none. */
  private @Nullable Ip floatingIpOf(Ip internal) {
    return scenario.workloads().stream()
        .flatMap(workload -> workload.extras().translations().stream())
        .map(AddressTranslation::external)
        .filter(external -> internal.equals(ownerOf(external)))
        .min(Comparator.comparing(Ip::toString))
        .orElse(null);
  }

  private @Nullable Ip ownerOf(Ip external) {
    return scenario.workloads().stream()
        .flatMap(workload -> workload.extras().translations().stream())
        .filter(translation -> translation.external().equals(external))
        .map(AddressTranslation::internal)
        .min(Comparator.comparing(Ip::toString))
        .orElse(null);
  }

  private boolean isToService(Packet packet) {
    return settings.extras().serviceLoops() != ServiceLoops.DISABLED
        && overlay.serviceNetworks().stream().anyMatch(net -> net.contains(packet.destination()));
  }

  /** To this host. */
  Expected received(Packet packet) {
    var journey = new Journey(packet);
    return journey.ends(journey.comesIn() ? journey.isReceived() : Verdict.DROP);
  }

  /** From this host. */
  Expected sent(Packet packet) {
    var journey = new Journey(packet);
    return journey.ends(journey.leaves() ? journey.isSent() : Verdict.DROP);
  }

  /** What gives a packet that leaves another source; null for nothing. */
  @Nullable Action translation(Packet packet) {
    var nat = settings.nat();
    Ip floating = floatingIpOf(packet.source());
    if (floating != null && packet.source().equals(packet.destination())) {
      return new Action.SourceNat(floating, null, true);
    }
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

  /** And workloads may not send such. */
  private boolean isEncapsulated(Packet packet) {
    var may = settings.encapsulated();
    return (isIpip(packet) && !may.ipipAllowed()) || (isVxlan(packet) && !may.vxlanAllowed());
  }

  private static boolean isIpip(Packet packet) {
    return packet.payload().protocol() == 4;
  }

  /** Packets of the overlay itself are not tracked. */
  private boolean isOverlays(Packet packet) {
    return overlay.encapsulations().vxlan() && isVxlan(packet);
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
