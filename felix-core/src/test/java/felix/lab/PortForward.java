package felix.lab;

/**
 * What comes for one address and port is sent to another, as a proxy of services would.
 *
 * @param protocol {@code tcp} or {@code udp}
 */
public record PortForward(String ip, String protocol, int port, String to, int toPort) {
  boolean takes(Probe probe) {
    return probe.to().equals(ip)
        && probe.protocol() == Probe.number(protocol)
        && probe.port() == port;
  }

  /** As a rule of nftables. */
  String rule() {
    return "ip daddr %s %s dport %d dnat to %s:%d".formatted(ip, protocol, port, to, toPort);
  }
}
