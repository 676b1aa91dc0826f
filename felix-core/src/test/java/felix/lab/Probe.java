package felix.lab;

import java.util.Map;

/**
 * One packet to try: a TCP SYN, a UDP packet, an ICMP request, an SCTP INIT, or only an IP header
 * and some bytes.
 *
 * @param protocol the IP protocol number
 * @param port destination port; 0 where the protocol has none
 * @param icmpType only of ICMP
 * @param icmpCode only of ICMP
 */
public record Probe(String from, String to, int protocol, int port, int icmpType, int icmpCode) {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMPV6 = 58;
  public static final int SCTP = 132;

  private static final Map<String, Integer> NUMBERS =
      Map.of("icmp", ICMP, "tcp", TCP, "udp", UDP, "icmp6", ICMPV6, "sctp", SCTP);

  public static Probe tcp(String from, String to, int port) {
    return new Probe(from, to, TCP, port, 0, 0);
  }

  public static Probe udp(String from, String to, int port) {
    return new Probe(from, to, UDP, port, 0, 0);
  }

  boolean isIpv6() {
    return Address.isIpv6(from);
  }

  /** The number of a protocol that a world's file calls by name or number. */
  static int number(String protocol) {
    var known = NUMBERS.get(protocol);
    return known != null ? known : Integer.parseInt(protocol);
  }

  @Override
  public String toString() {
    var name =
        NUMBERS.entrySet().stream()
            .filter(e -> e.getValue() == protocol)
            .map(Map.Entry::getKey)
            .findFirst();
    var what = name.orElse("protocol " + protocol);
    if (port != 0) {
      what += " " + port;
    } else if (protocol == ICMP || protocol == ICMPV6) {
      what += " type " + icmpType + " code " + icmpCode;
    }
    return from + " -> " + to + " " + what;
  }
}
