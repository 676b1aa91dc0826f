package felix.lab;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The node under test, and the fabric: a second namespace that is everything else and the node's
 * default gateway. Workloads hang off the node as cali interfaces. The host's forward policy is to
 * accept, so that only the agent's rules can stop a packet.
 */
public final class Node implements AutoCloseable {
  static final String NAMESPACE = "lab-node";
  static final String FABRIC = "lab-fabric";
  static final String IP = "10.65.0.1";
  static final String GATEWAY_MAC = "ee:ee:ee:ee:ee:ee";
  private static final String FABRIC_IP = "10.65.0.254";

  private final Map<String, Workload> workloads = new LinkedHashMap<>();
  private final Map<String, String> namespaceByIp = new HashMap<>();

  public Node() {
    addNamespace(NAMESPACE);
    addNamespace(FABRIC);
    Shell.here()
        .run(
            "ip -n %s link add eth0 type veth peer name eth0 netns %s"
                .formatted(NAMESPACE, FABRIC));
    addresses(NAMESPACE, IP);
    addresses(FABRIC, FABRIC_IP);
    Shell.here()
        .run(
            "ip -n %s route add default via %s && ip -n %s -6 route add default via %s"
                .formatted(NAMESPACE, FABRIC_IP, NAMESPACE, Address.ipv6Like(FABRIC_IP)));
    shell()
        .run(
            "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=2 net.ipv6.conf.all.forwarding=1");
    awaitNeighbour("ping", FABRIC_IP);
    awaitNeighbour("ping -6", Address.ipv6Like(FABRIC_IP));
  }

  /** The first packet to a neighbour waits a second if the first question for its MAC was lost. */
  private void awaitNeighbour(String ping, String ip) {
    shell().run(ping + " -q -n -c 1 -i 0.2 -w 10 " + ip);
  }

  private static void addNamespace(String name) {
    // without duplicate address detection an IPv6 address can be used at once
    Shell.here()
        .run(
            "ip netns add %1$s && ip netns exec %1$s sysctl -qw net.ipv6.conf.default.accept_dad=0 && ip -n %1$s link set lo up"
                .formatted(name));
  }

  private static void addresses(String namespace, String ip) {
    Shell.here()
        .run(
            "ip -n %1$s addr add %2$s/24 dev eth0 && ip -n %1$s addr add %3$s/120 dev eth0 && ip -n %1$s link set eth0 up"
                .formatted(namespace, ip, Address.ipv6Like(ip)));
  }

  /** Commands on the node. */
  public Shell shell() {
    return Shell.in(NAMESPACE);
  }

  /** Commands in a workload. */
  public Shell shell(Workload workload) {
    return Shell.in(workload.namespace());
  }

  /** Makes the workloads that exist equal to these. */
  public void plug(Iterable<Workload> wanted) {
    var byName = new LinkedHashMap<String, Workload>();
    wanted.forEach(workload -> byName.put(workload.iface(), workload));
    for (var present : Map.copyOf(workloads).values()) {
      if (!present.equals(byName.get(present.iface()))) {
        unplug(present);
      }
    }
    byName.values().stream()
        .filter(workload -> !workloads.containsKey(workload.iface()))
        .forEach(this::plug);
  }

  /** Adds a workload as a container runtime and its network plugin would. */
  public void plug(Workload workload) {
    var ns = workload.namespace();
    addNamespace(ns);
    Shell.here()
        .run(
            """
            set -e
            ip -n %1$s link add %2$s address %3$s type veth peer name eth0 netns %4$s
            ip -n %1$s link set %2$s up
            ip -n %4$s link set eth0 address %5$s
            ip -n %4$s link set eth0 up
            ip -n %4$s addr add %6$s/32 dev eth0
            ip -n %4$s route add 169.254.1.1 dev eth0 scope link
            ip -n %4$s route add default via 169.254.1.1
            """
                .formatted(
                    NAMESPACE, workload.iface(), GATEWAY_MAC, ns, workload.mac(), workload.ip()));
    var ip6 = workload.ip6();
    if (ip6 != null) {
      Shell.here()
          .run(
              "ip -n %1$s addr add %2$s/128 dev eth0 && ip -n %1$s route add default via fe80::ecee:eeff:feee:eeee dev eth0"
                  .formatted(ns, ip6));
      namespaceByIp.put(Address.canonical(ip6), ns);
    }
    namespaceByIp.put(workload.ip(), ns);
    workloads.put(workload.iface(), workload);
  }

  private void unplug(Workload workload) {
    workloads.remove(workload.iface());
    namespaceByIp.values().removeIf(workload.namespace()::equals);
    Shell.here().attempt("ip -n %s link del %s".formatted(NAMESPACE, workload.iface()));
    Shell.here().run("ip netns del " + workload.namespace());
  }

  /** The namespace that sends and receives for an address: a workload's, or the fabric. */
  String namespaceOf(String ip) {
    return namespaceByIp.getOrDefault(Address.canonical(ip), FABRIC);
  }

  byte[] mac(String namespace) {
    return Address.mac(Shell.in(namespace).run("cat /sys/class/net/eth0/address").strip());
  }

  @Override
  public void close() {
    workloads.values().stream().toList().forEach(this::unplug);
    Shell.here().run("ip netns del %s && ip netns del %s".formatted(NAMESPACE, FABRIC));
  }
}
