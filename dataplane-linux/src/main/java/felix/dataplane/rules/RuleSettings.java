package felix.dataplane.rules;

import felix.model.Protocol;
import java.util.List;

/**
 * What of the configuration is in the rules.
 *
 * @param interfacePrefixes what names of workload interfaces begin with
 * @param vxlanPort UDP port that workloads may not send to, lest they make up packets of the
 *     overlay; also where there is no overlay
 * @param dropInvalid whether packets that connection tracking calls invalid are dropped
 */
public record RuleSettings(
    MarkBits marks,
    List<String> interfacePrefixes,
    AllowActions allow,
    EndpointToHostAction endpointToHost,
    LogPrefix logPrefix,
    int vxlanPort,
    boolean dropInvalid,
    FailsafePorts failsafePorts) {
  public RuleSettings {
    interfacePrefixes = List.copyOf(interfacePrefixes);
  }

  /** The interface prefixes as matches take them. */
  List<String> interfacePatterns() {
    return interfacePrefixes.stream()
        .map(prefix -> prefix.length() < Tokens.MAX_INTERFACE ? prefix + "+" : prefix)
        .toList();
  }

  /** What becomes of allowed packets, by table. */
  public record AllowActions(AllowAction filter, AllowAction mangle) {}

  /** Ports that are always open. */
  public record FailsafePorts(List<FailsafePort> inbound, List<FailsafePort> outbound) {
    public FailsafePorts {
      inbound = List.copyOf(inbound);
      outbound = List.copyOf(outbound);
    }
  }

  /** What v3.14 does where nothing is configured. */
  public static RuleSettings defaults() {
    return new RuleSettings(
        MarkBits.fromMask(0xffff0000),
        List.of("cali"),
        new AllowActions(AllowAction.ACCEPT, AllowAction.ACCEPT),
        EndpointToHostAction.DROP,
        new LogPrefix("calico-packet"),
        4789,
        true,
        new FailsafePorts(
            List.of(tcp(22), udp(68), tcp(179), tcp(2379), tcp(2380), tcp(6666), tcp(6667)),
            List.of(udp(53), udp(67), tcp(179), tcp(2379), tcp(2380), tcp(6666), tcp(6667))));
  }

  private static FailsafePort tcp(int port) {
    return new FailsafePort(Protocol.TCP, port);
  }

  private static FailsafePort udp(int port) {
    return new FailsafePort(Protocol.UDP, port);
  }
}
