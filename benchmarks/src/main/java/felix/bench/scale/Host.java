package felix.bench.scale;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A host as a network namespace, with interfaces for its workloads. It reaches this process, and
 * etcd beside it, over a link of its own. Those workloads that packets go between have a namespace;
 * the far ends of all others are in one.
 */
final class Host implements AutoCloseable {
  private static final String NAME = World.HOST;

  /** This process' end of the link to the host, and the host's. */
  static final String OUTSIDE_ADDRESS = "169.254.99.1";

  static final String ADDRESS = "169.254.99.2";

  private static final String CROWD = "bench-crowd";
  private static final String GATEWAY = "169.254.1.1";
  private static final String GATEWAY_MAC = "ee:ee:ee:ee:ee:ee";

  private final List<String> namespaces = new ArrayList<>();

  Host() throws IOException, InterruptedException {
    add(NAME);
    add(CROWD);
    Commands.ip(
        NAME,
        List.of(
            "link add outside type veth peer name host netns 1",
            "addr add " + ADDRESS + "/30 dev outside",
            "link set outside up",
            "link add eth0 type veth peer name fabric netns " + CROWD,
            "addr add " + World.HOST_ADDRESS + "/16 dev eth0",
            "link set eth0 up",
            "route add default via 192.168.255.254 dev eth0"));
    Commands.ip(CROWD, List.of("link set fabric up"));
    Commands.run("", "ip", "addr", "add", OUTSIDE_ADDRESS + "/30", "dev", "host");
    Commands.run("", "ip", "link", "set", "host", "up");
    Commands.run(
        "",
        "ip",
        "netns",
        "exec",
        NAME,
        "sysctl",
        "-qw",
        "net.ipv4.ip_forward=1",
        "net.ipv4.conf.all.rp_filter=2",
        "net.ipv6.conf.all.forwarding=1");
  }

  private void add(String namespace) throws IOException, InterruptedException {
    Commands.run("", "ip", "netns", "add", namespace);
    namespaces.add(namespace);
  }

  /** Gives workloads an interface and nothing behind it. */
  void plugCrowd(List<Workload> workloads) throws IOException, InterruptedException {
    Commands.ip(
        NAME,
        workloads.stream()
            .flatMap(
                workload ->
                    IntStream.range(0, 2)
                        .mapToObj(
                            step ->
                                step == 0
                                    ? veth(workload, workload.iface(), CROWD)
                                    : "link set " + workload.iface() + " up"))
            .toList());
    Commands.ip(
        CROWD, workloads.stream().map(workload -> "link set " + workload.iface() + " up").toList());
  }

  /** Gives a workload an interface and a namespace, as a network plugin does. */
  void plug(Workload workload) throws IOException, InterruptedException {
    String namespace = workload.namespace();
    add(namespace);
    Commands.ip(
        NAME, List.of(veth(workload, "eth0", namespace), "link set " + workload.iface() + " up"));
    Commands.ip(
        namespace,
        List.of(
            "link set lo up",
            "link set eth0 address " + workload.mac() + " up",
            "addr add " + workload.address() + "/32 dev eth0",
            "route add " + GATEWAY + " dev eth0 scope link",
            "route add default via " + GATEWAY,
            "neigh add " + GATEWAY + " lladdr " + GATEWAY_MAC + " dev eth0"));
  }

  private static String veth(Workload workload, String far, String namespace) {
    return "link add %s address %s type veth peer name %s netns %s"
        .formatted(workload.iface(), GATEWAY_MAC, far, namespace);
  }

  /** A program in the host's namespace, which leads a session, and so a group, of its own. */
  static ProcessBuilder program(String name) {
    return new ProcessBuilder("ip", "netns", "exec", NAME, "setsid", name);
  }

  /** How many workloads the filter table has rules for. */
  static int workloadsWithRules(String backend) throws IOException, InterruptedException {
    return count(filterTable(backend), ":cali-tw-cali");
  }

  static int filterRules(String backend) throws IOException, InterruptedException {
    return count(filterTable(backend), "-A ");
  }

  /** How many routes lead to a device; none if it is not there. */
  static int routesVia(String device) throws IOException, InterruptedException {
    return count(Commands.run("", "ip", "-n", NAME, "route", "show"), " dev " + device + " ");
  }

  private static String filterTable(String backend) throws IOException, InterruptedException {
    return Commands.run(
        "", "ip", "netns", "exec", NAME, "iptables-" + backend + "-save", "-t", "filter");
  }

  private static int count(String text, String part) {
    return (int) text.lines().filter(line -> line.contains(part)).count();
  }

  @Override
  public void close() throws IOException {
    try {
      for (String namespace : namespaces) {
        Commands.run("", "ip", "netns", "del", namespace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
