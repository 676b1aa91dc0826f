package felix.status;

import felix.dataplane.status.EndpointState;
import felix.delta.ActiveWorkload;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What Felix writes, to the byte. Pure. */
final class StatusText {
  private StatusText() {}

  /**
   * The agent's own status.
   *
   * @param first whether it is the first one of this process that was written
   */
  static String agent(Instant now, Duration uptime, boolean first) {
    String seconds = BigDecimal.valueOf(uptime.toNanos(), 9).stripTrailingZeros().toPlainString();
    return "{\"time\":\"%s\",\"uptime\":%s,\"first_update\":%s}"
        .formatted(now.truncatedTo(ChronoUnit.SECONDS), seconds, first);
  }

  static String endpoint(EndpointState state) {
    return "{\"status\":\"" + state.text() + "\"}";
  }

  /** What is in the file of an endpoint that is up; fields that are empty are left out. */
  static String file(ActiveWorkload workload) {
    var fields = new StringJoiner(",", "{", "}");
    fields.add("\"ifaceName\":" + quoted(workload.interfaceName()));
    if (workload.mac() != null) {
      fields.add("\"mac\":" + quoted(workload.mac().toString()));
    }
    nets(fields, "ipv4Nets", workload.networks(), IpVersion.V4);
    nets(fields, "ipv6Nets", workload.networks(), IpVersion.V6);
    return fields.toString();
  }

  private static void nets(
      StringJoiner fields, String name, List<Cidr> networks, IpVersion version) {
    List<Cidr> ofVersion = networks.stream().filter(n -> n.version() == version).toList();
    if (!ofVersion.isEmpty()) {
      fields.add(
          ofVersion.stream()
              .map(network -> quoted(network.toString()))
              .collect(Collectors.joining(",", "\"" + name + "\":[", "]")));
    }
  }

  /** As Go does, which also escapes what HTML would take for markup. */
  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '<', '>', '&' -> out.append(escaped(c));
        default -> out.append(c < ' ' ? escaped(c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }

  private static String escaped(char c) {
    return "\\u%04x".formatted((int) c);
  }
}
