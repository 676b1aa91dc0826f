package felix.packets;

import felix.lab.Await;
import felix.lab.Cluster;
import felix.lab.ClusterNode;
import felix.lab.Overlay;
import felix.lab.Party;
import felix.lab.Party.Heard;
import felix.lab.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;

/**
 * A cluster with its network in etcd: one pool, on every node a block of it and two workloads. The
 * first workload of a node has the tunnel's MTU, as a network plugin gives it; the second one that
 * of the fabric.
 */
final class OverlayCluster implements AutoCloseable {
  static final String POOL = "172.29.0.0/16";
  private static final String POOL_NAME = "default-ipv4-ippool";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Overlay overlay;
  private final Cluster cluster;
  private final List<NodeData> nodes = new ArrayList<>();

  /**
   * Hosts and an etcd, and nothing in it yet.
   *
   * @param subnets of each node, 0 or 1
   */
  OverlayCluster(Class<?> test, Overlay overlay, int... subnets) {
    this.overlay = overlay;
    this.cluster = new Cluster(test.getSimpleName() + "-" + overlay, subnets);
    for (var node : cluster.nodes()) {
      overlay.settings().forEach(node::set);
      nodes.add(NodeData.of(nodes.size() + 1, node.party().ip()));
    }
  }

  /**
   * Fills etcd, adds the workloads and starts the agents.
   *
   * @param mode of the pool: Always, CrossSubnet or Never
   * @param configuration the spec of the FelixConfiguration
   */
  void start(String mode, String configuration) {
    var all = IntStream.rangeClosed(1, nodes.size()).boxed().toList();
    cluster
        .etcd()
        .write(
            Resource.map(
                Stream.of(
                        Stream.of(
                            Resource.CLUSTER,
                            Resource.PROFILE,
                            Resource.felixConfiguration(configuration),
                            pool(mode)),
                        nodes.stream().map(NodeData::resource),
                        all.stream().map(n -> Resource.block(block(n), node(n).name())),
                        all.stream()
                            .flatMap(
                                n -> workloads(n).map(w -> Resource.endpoint(node(n).name(), w))))
                    .flatMap(resources -> resources)),
            List.of());
    for (int n : all) {
      workloads(n).forEach(node(n).host()::plug);
      setMtu(n);
    }
    cluster.startAgents();
    all.forEach(n -> addBirdsRoutesTo(n, data(n)));
  }

  private Stream<Workload> workloads(int n) {
    return Stream.of(node(n).workload(1), node(n).workload(2));
  }

  private void setMtu(int n) {
    var workload = node(n).workload(1);
    var command = "ip link set %s mtu " + overlay.mtuBytes();
    node(n).shell().run(command.formatted(workload.iface()));
    workload.party().shell().run(command.formatted("eth0"));
  }

  /** The routes of the other nodes to a node that now is so, where BIRD makes them. */
  void addBirdsRoutesTo(int n, NodeData now) {
    if (overlay != Overlay.IPIP_WITH_BIRD) {
      return;
    }
    var route =
        "ip route replace %s via %s dev tunl0 onlink proto bird".formatted(block(n), now.ip());
    for (var node : cluster.nodes()) {
      if (node != node(n)) {
        node.shell().run(route);
      }
    }
  }

  /** The pool in another mode. */
  Resource pool(String mode) {
    boolean vxlan = overlay == Overlay.VXLAN;
    return Resource.pool(
        POOL_NAME,
        POOL,
        "\"vxlanMode\": \"%s\", \"ipipMode\": \"%s\", \"natOutgoing\": true"
            .formatted(vxlan ? mode : "Never", vxlan ? "Never" : mode));
  }

  static String block(int n) {
    return "172.29.%d.0/26".formatted(n);
  }

  Cluster cluster() {
    return cluster;
  }

  ClusterNode node(int n) {
    return cluster.node(n);
  }

  /** What etcd said of a node at the start. */
  NodeData data(int n) {
    return nodes.get(n - 1);
  }

  /** Workload i, 1 or 2, of node n. */
  Party workload(int n, int i) {
    return node(n).workload(i).party();
  }

  void put(Resource resource) {
    cluster.etcd().put(resource.key(), resource.value());
  }

  void delete(Resource resource) {
    cluster.etcd().delete(resource.key());
  }

  /** Waits until the first workloads of two nodes reach each other. */
  void awaitTraffic(int one, int other) {
    await(
        "workloads of nodes %d and %d reach each other".formatted(one, other),
        () ->
            workload(one, 1).pings(workload(other, 1))
                && workload(other, 1).pings(workload(one, 1)));
  }

  /** How pings between the first workloads of two nodes leave the first node. */
  List<Path> paths(int from, int to) {
    return paths(from, workload(from, 1), workload(to, 1));
  }

  /** How pings between two parties leave the sender's node. */
  List<Path> paths(int node, Party from, Party to) {
    try (var wire = cluster.wire()) {
      from.pings(to);
      return wire.sentBy(node(node)).stream()
          .filter(frame -> frame.carries(from.ip(), to.ip()))
          .map(frame -> frame.isTunnelled() ? Path.TUNNEL : Path.BARE)
          .distinct()
          .toList();
    }
  }

  /** Everything was heard, and as coming from this address. */
  static Condition<Heard> allOf(Party from) {
    return new Condition<>(
        heard -> heard.whole() && heard.from().equals(from.ip()), "all of it, from %s", from.ip());
  }

  /** An environment variable of all agents started from now on. */
  void set(String variable, String value) {
    cluster.nodes().forEach(node -> node.set(variable, value));
  }

  static void await(String what, BooleanSupplier condition) {
    Await.until(what, LIMIT, condition);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
