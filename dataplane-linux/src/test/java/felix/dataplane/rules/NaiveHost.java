package felix.dataplane.rules;

import felix.dataplane.rules.PacketWalk.Verdict;
import felix.delta.ActiveWorkload;
import felix.model.IpVersion;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of a packet on a host that holds a scenario: the oracle of the filter table. */
final class NaiveHost {
  private static final Set<Integer> NEIGHBOUR_DISCOVERY = Set.of(130, 131, 132, 133, 135, 136);

  private final Scenario scenario;
  private final RuleSettings settings;
  private final SetMembers sets;

  NaiveHost(Scenario scenario, RuleSettings settings, SetMembers sets) {
    this.scenario = scenario;
    this.settings = settings;
    this.sets = sets;
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
    boolean left = verdict == Verdict.ACCEPT && settings.allow().filter() == AllowAction.RETURN;
    return new Expected(left ? Verdict.UNDECIDED : verdict, policy.logLines());
  }

  /** From a workload to this host. */
  Expected received(Packet packet) {
    boolean accept = settings.allow().filter() == AllowAction.ACCEPT;
    boolean discovery =
        packet.version() == IpVersion.V6
            && packet.isIcmp()
            && NEIGHBOUR_DISCOVERY.contains(packet.payload().icmpType());
    if (discovery) {
      return new Expected(accept ? Verdict.ACCEPT : Verdict.UNDECIDED, 0);
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
        && settings.allow().filter() == AllowAction.ACCEPT
        && packet.way().connection() == Packet.Connection.ESTABLISHED;
  }

  private boolean isEncapsulated(Packet packet) {
    var payload = packet.payload();
    return payload.protocol() == 4
        || (payload.protocol() == 17
            && payload.destinationPort() == settings.encapsulated().vxlanPort());
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
