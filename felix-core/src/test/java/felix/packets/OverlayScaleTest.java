package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Figures;
import felix.lab.Lab;
import felix.lab.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand nodes come, change and go: each time the kernel holds what follows from the nodes, and
 * nothing else.
 */
@Tag("packets")
class OverlayScaleTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int NODES = 1000;

  /** The first blocks of the pool are left to this node. */
  private static final int FIRST = 8;

  private static final int NODES_PER_TRANSACTION = 250;

  private static final String KERNEL_STATE =
      """
      bridge fdb show dev vxlan.calico; ip neigh show dev vxlan.calico
      ip route show dev vxlan.calico | cut -d ' ' -f 1-3
      """;

  private final Lab lab = new Lab(OverlayScaleTest.class, Backend.LEGACY);
  private final Figures figures = new Figures(OverlayScaleTest.class);

  @Test
  void theKernelFollowsAThousandNodes() {
    try (lab) {
      lab.load(thisNode());
      lab.startAgent().awaitReady();
      Await.until("the device is there", LIMIT, this::deviceIsThere);

      var nodes = IntStream.range(FIRST, FIRST + NODES).mapToObj(Remote::of).toList();
      var first = nodes.subList(0, NODES / 2);
      var second = nodes.subList(NODES / 2, NODES);
      step("1000 nodes join with a block each", nodes, () -> put(nodes));

      var changed = first.stream().map(Remote::withOtherMac).toList();
      step("500 nodes change their MAC", join(List.of(changed, second)), () -> put(changed));

      // when the one that changes is seen, all written before it were seen
      var last = second.getLast().withOtherMac();
      var same = second.subList(0, second.size() - 1);
      step(
          "499 nodes are written as they are, and one that changes",
          join(List.of(changed, same, List.of(last))),
          () -> {
            put(same);
            put(List.of(last));
          });

      step("all nodes leave", List.of(), () -> delete(nodes));
      lab.agent().mustBeAlive();
    }
  }

  private static World.State thisNode() {
    return new World.State(
        Resource.map(
            Stream.of(
                Resource.CLUSTER,
                Resource.PROFILE,
                Resource.felixConfiguration("\"vxlanEnabled\": true"),
                Resource.pool("pool", OverlayCluster.POOL, "\"vxlanMode\": \"Always\""),
                NodeData.of(1, "10.65.0.1").resource(),
                Resource.block("172.29.1.0/26", "node1"))),
        List.of(),
        List.of(),
        Set.of());
  }

  private boolean deviceIsThere() {
    return lab.node().shell().run("ip -o -4 addr show").contains("vxlan.calico");
  }

  private static List<Remote> join(List<List<Remote>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private void put(List<Remote> nodes) {
    transactions(nodes).forEach(part -> lab.etcd().write(Resource.map(part.stream()), List.of()));
  }

  private void delete(List<Remote> nodes) {
    transactions(nodes)
        .forEach(part -> lab.etcd().write(Map.of(), part.stream().map(Resource::key).toList()));
  }

  private static Stream<List<Resource>> transactions(List<Remote> nodes) {
    return IntStream.range(0, nodes.size())
        .boxed()
        .collect(Collectors.groupingBy(i -> i / NODES_PER_TRANSACTION))
        .values()
        .stream()
        .map(part -> part.stream().map(nodes::get).flatMap(Remote::resources).toList());
  }

  private void step(String what, List<Remote> nodes, Runnable write) {
    var wanted = nodes.stream().flatMap(Remote::kernelState).collect(Collectors.toSet());
    var cpu = lab.agent().cpu();
    long start = System.nanoTime();
    write.run();
    boolean reached = Await.within(LIMIT, () -> kernelState().equals(wanted));
    figures.add(what, Duration.ofNanos(System.nanoTime() - start));
    figures.add(what + ", the agent's processor time", lab.agent().cpu().minus(cpu));
    if (!reached) {
      assertThat(new TreeSet<>(kernelState())).as(what).isEqualTo(new TreeSet<>(wanted));
    }
  }

  private Set<String> kernelState() {
    return lab.node()
        .shell()
        .run(KERNEL_STATE)
        .lines()
        .map(String::strip)
        .collect(Collectors.toSet());
  }
}
