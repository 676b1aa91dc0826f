package felix.lab;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workload on the node, with or without an endpoint in etcd.
 *
 * @param iface the node's end of its veth pair
 */
public record Workload(String iface, String ip, String mac, @Nullable String ip6) {
  public static Workload ipv4(int number) {
    return new Workload(
        "cali%07x".formatted(number),
        "172.29.1." + number,
        "02:00:00:00:00:%02x".formatted(number),
        null);
  }

  /** The workload as somebody who talks. */
  public Party party() {
    return new Party(namespace(), ip);
  }

  /** The same, by its IPv6 address. */
  public Party ipv6Party() {
    return new Party(namespace(), Objects.requireNonNull(ip6));
  }

  String namespace() {
    return "lab-" + iface;
  }
}
