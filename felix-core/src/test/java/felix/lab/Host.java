package felix.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host as a network namespace that forwards; workloads hang off it as cali interfaces. Its
 * forward policy is to accept, so that only the agent's rules can stop a packet.
 */
public final class Host implements AutoCloseable {
  static final String GATEWAY_MAC = "ee:ee:ee:ee:ee:ee";

  private final String namespace;
  private final Map<String, Workload> workloads = new LinkedHashMap<>();
  private final Map<String, String> namespaceByIp = new LinkedHashMap<>();

  Host(String namespace) {
    this(namespace, false);
  }

  /**
   * A host by the name of its namespace.
   *
   * @param machine whether it is this machine as a whole, whose own namespace gets that name
   */
  Host(String namespace, boolean machine) {
    this.namespace = namespace;
    if (machine) {
      Shell.here().run("ip netns attach " + namespace + " 1");
    } else {
      addNamespace(namespace);
    }
    shell()
        .run(
            "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=2 net.ipv6.conf.all.forwarding=1");
  }

  static void addNamespace(String name) {
    // without duplicate address detection an IPv6 address can be used at once
    Shell.here()
        .run(
            "ip netns add %1$s && ip netns exec %1$s sysctl -qw net.ipv6.conf.default.accept_dad=0 && ip -n %1$s link set lo up"
                .formatted(name));
  }

  String namespace() {
    return namespace;
  }

  /** Commands on the host. */
  public Shell shell() {
    return Shell.in(namespace);
  }

  /** Makes the workloads that exist equal to these. */
  void plug(Iterable<Workload> wanted) {
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
                    namespace, workload.iface(), GATEWAY_MAC, ns, workload.mac(), workload.ip()));
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

  /** Takes a workload away. */
  public void unplug(Workload workload) {
    workloads.remove(workload.iface());
    namespaceByIp.values().removeIf(workload.namespace()::equals);
    Shell.here().attempt("ip -n %s link del %s".formatted(namespace, workload.iface()));
    Shell.here().run("ip netns del " + workload.namespace());
  }

  /** The namespace of the workload that has an address; null if none of this host has. */
  @Nullable String namespaceOf(String ip) {
    return namespaceByIp.get(Address.canonical(ip));
  }

  @Override
  public void close() {
    workloads.values().stream().toList().forEach(this::unplug);
    Shell.here().run("ip netns del " + namespace);
  }
}
