package felix.lab;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The node under test, and the fabric: a second namespace that is everything else and the node's
 * default gateway.
 */
public final class Node implements AutoCloseable {
  static final String NAMESPACE = "lab-node";
  static final String FABRIC = "lab-fabric";
  static final String IP = "10.65.0.1";
  private static final String FABRIC_IP = "10.65.0.254";

  /** Other nodes of the worlds, to which the node under test sends its own and wrapped packets. */
  private static final List<String> OTHER_NODES = List.of("10.65.0.2", "10.65.0.3");

  private final Host host;
  private List<PortForward> forwards = List.of();

  /** In a namespace of its own. */
  public Node() {
    this(new Host(NAMESPACE));
  }

  /** This machine, which must be a guest that is nothing else. */
  static Node ofThisMachine() {
    return new Node(new Host(NAMESPACE, true));
  }

  private Node(Host host) {
    this.host = host;
    Host.addNamespace(FABRIC);
    Shell.here()
        .run(
            "ip -n %s link add eth0 type veth peer name eth0 netns %s"
                .formatted(NAMESPACE, FABRIC));
    addresses(NAMESPACE, IP);
    addresses(FABRIC, FABRIC_IP);
    OTHER_NODES.forEach(
        ip -> Shell.here().run("ip -n %s addr add %s/24 dev eth0".formatted(FABRIC, ip)));
    Shell.here()
        .run(
            "ip -n %s route add default via %s && ip -n %s -6 route add default via %s"
                .formatted(NAMESPACE, FABRIC_IP, NAMESPACE, Address.ipv6Like(FABRIC_IP)));
    awaitNeighbour("ping", FABRIC_IP);
    OTHER_NODES.forEach(ip -> awaitNeighbour("ping", ip));
    awaitNeighbour("ping -6", Address.ipv6Like(FABRIC_IP));
  }

  /** The first packet to a neighbour waits a second if the first question for its MAC was lost. */
  private void awaitNeighbour(String ping, String ip) {
    shell().run(ping + " -q -n -c 1 -i 0.2 -w 10 " + ip);
  }

  private static void addresses(String namespace, String ip) {
    Shell.here()
        .run(
            "ip -n %1$s addr add %2$s/24 dev eth0 && ip -n %1$s addr add %3$s/120 dev eth0 && ip -n %1$s link set eth0 up"
                .formatted(namespace, ip, Address.ipv6Like(ip)));
  }

  /** Commands on the node. */
  public Shell shell() {
    return host.shell();
  }

  /** Commands in a workload. */
  public Shell shell(Workload workload) {
    return Shell.in(workload.namespace());
  }

  /** Makes the workloads that exist equal to these. */
  public void plug(Iterable<Workload> wanted) {
    host.plug(wanted);
  }

  /** Adds a workload as a container runtime and its network plugin would. */
  public void plug(Workload workload) {
    host.plug(workload);
  }

  /**
   * The namespace that sends and receives for an address: a workload's, the node's or the fabric.
   */
  String namespaceOf(String ip) {
    return ip.equals(IP) ? NAMESPACE : Objects.requireNonNullElse(host.namespaceOf(ip), FABRIC);
  }

  /** From now on these addresses and ports are others, and none else. */
  void forward(List<PortForward> wanted) {
    if (wanted.equals(forwards)) {
      return;
    }
    forwards = List.copyOf(wanted);
    var rules = wanted.stream().map(PortForward::rule).collect(Collectors.joining("\n"));
    shell()
        .run(
            """
            nft delete table ip lab 2>/dev/null
            nft -f - <<'end'
            table ip lab { chain services { type nat hook prerouting priority -100
            %s
            }
            }
            end
            """
                .formatted(rules));
  }

  /** Where a probe comes out. */
  String endOf(Probe probe) {
    return forwards.stream()
        .filter(forward -> forward.takes(probe))
        .findFirst()
        .map(PortForward::to)
        .orElse(probe.to());
  }

  byte[] mac(String namespace) {
    return Address.mac(Shell.in(namespace).run("cat /sys/class/net/eth0/address").strip());
  }

  @Override
  public void close() {
    host.close();
    Shell.here().run("ip netns del " + FABRIC);
  }
}
