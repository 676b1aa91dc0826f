package felix.dataplane.rules;

import felix.model.Ip;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.verdict.EncapsulatedTraffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the configuration is in the rules.
 *
 * @param interfacePrefixes what names of workload interfaces begin with
 * @param encapsulated what of the overlay workloads may send themselves
 * @param nat how packets from pools to the world get the address of their host
 * @param log what rules with action Log write
 * @param dropInvalid whether packets that connection tracking calls invalid are dropped
 * @param extras what endpoints and services may ask for beside policy
 */
public record RuleSettings(
    MarkBits marks,
    List<String> interfacePrefixes,
    Verdicts verdicts,
    EndpointToHostAction endpointToHost,
    LogRules log,
    EncapsulatedTraffic encapsulated,
    NatOutgoing nat,
    boolean dropInvalid,
    FailsafePorts failsafePorts,
    Extras extras) {
  public RuleSettings {
    interfacePrefixes = List.copyOf(interfacePrefixes);
  }

  /** Whether an interface of this name is a workload's. */
  public boolean isWorkload(String interfaceName) {
    return interfacePrefixes.stream().anyMatch(interfaceName::startsWith);
  }

  /**
   * Whether an interface of this name may be a host endpoint's: one that is not a workload's, and
   * has a name as Calico allows it and a rule can hold it.
   */
  public boolean isHost(String interfaceName) {
    return !isWorkload(interfaceName) && Tokens.isOneInterface(interfaceName);
  }

  /** The interface prefixes as matches take them. */
  List<String> interfacePatterns() {
    return interfacePrefixes.stream()
        .map(prefix -> prefix.length() < Tokens.MAX_INTERFACE ? prefix + "+" : prefix)
        .toList();
  }

  /**
   * What becomes of packets.
   *
   * @param filter of allowed ones in the filter table ({@code IptablesFilterAllowAction})
   * @param mangle likewise in the mangle table ({@code IptablesMangleAllowAction})
   * @param deny of denied ones in the filter table ({@code IptablesFilterDenyAction}); in the
   *     others they are dropped
   */
  public record Verdicts(AllowAction filter, AllowAction mangle, DenyAction deny) {
    AllowAction allow(Table table) {
      return switch (table) {
        case FILTER -> filter;
        case MANGLE -> mangle;
        case RAW, NAT -> AllowAction.ACCEPT;
      };
    }

    /** The kernel rejects in the filter table only. */
    DenyAction deny(Table table) {
      return table == Table.FILTER ? deny : DenyAction.DROP;
    }
  }

  /**
   * How packets from pools to the world get the address of their host.
   *
   * @param ports the source ports to use ({@code NATPortRange}); null leaves them to the kernel
   * @param address to use instead of that of the interface ({@code NATOutgoingAddress}); null for
   *     none
   * @param interfaceFilter only packets that leave there, '+' for all that begin so ({@code
   *     IptablesNATOutgoingInterfaceFilter}); empty for all
   * @param exceptHosts whether packets to the cluster's hosts keep their address ({@code
   *     NATOutgoingExclusions})
   */
  public record NatOutgoing(
      @Nullable PortRange ports,
      @Nullable Ip address,
      String interfaceFilter,
      boolean exceptHosts) {}

  /** Ports that are always open. */
  public record FailsafePorts(List<FailsafePort> inbound, List<FailsafePort> outbound) {
    public FailsafePorts {
      inbound = List.copyOf(inbound);
      outbound = List.copyOf(outbound);
    }
  }

  /**
   * What endpoints and services may ask for beside policy.
   *
   * @param floatingIps whether workloads get further addresses ({@code FloatingIPs})
   * @param sourceSpoofing whether workloads may send from addresses that are not theirs, where
   *     their endpoint says so ({@code WorkloadSourceSpoofing})
   * @param serviceLoops ({@code ServiceLoopPrevention})
   */
  public record Extras(boolean floatingIps, boolean sourceSpoofing, ServiceLoops serviceLoops) {}

  /** What v3.14 does where nothing is configured. */
  public static RuleSettings defaults() {
    return new RuleSettings(
        MarkBits.fromMask(0xffff0000),
        List.of("cali"),
        new Verdicts(AllowAction.ACCEPT, AllowAction.ACCEPT, DenyAction.DROP),
        EndpointToHostAction.DROP,
        new LogRules("calico-packet", null),
        new EncapsulatedTraffic(4789, false, false),
        new NatOutgoing(null, null, "", false),
        true,
        new FailsafePorts(
            List.of(tcp(22), udp(68), tcp(179), tcp(2379), tcp(2380), tcp(6666), tcp(6667)),
            List.of(udp(53), udp(67), tcp(179), tcp(2379), tcp(2380), tcp(6666), tcp(6667))),
        new Extras(true, false, ServiceLoops.DROP));
  }

  private static FailsafePort tcp(int port) {
    return new FailsafePort(Protocol.TCP, port);
  }

  private static FailsafePort udp(int port) {
    return new FailsafePort(Protocol.UDP, port);
  }
}
