package felix.bench.scale;

import felix.latency.ChangeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One agent on a fresh host, from its start to its end. */
final class Trial {
  private static final Duration START_LIMIT = Duration.ofMinutes(30);
  private static final Duration STEP = Duration.ofMillis(250);

  /** What a start leaves to be done is done by then; likewise after churn. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  /** Between changes, so that none is made to wait for the one before. */
  private static final Duration BREAK = Duration.ofMillis(300);

  private static final String VXLAN_DEVICE = "vxlan.calico";

  private final int number;
  private final Plan plan;
  private final World world;
  private final Etcd etcd;
  private final Figures figures = new Figures();

  /**
   * Nothing is done yet.
   *
   * @param number from 1, another one for each trial on an etcd
   */
  Trial(int number, Plan plan, World world, Etcd etcd) {
    this.number = number;
    this.plan = plan;
    this.world = world;
    this.etcd = etcd;
  }

  Figures run(String program, int etcdPort, Path log) throws IOException, InterruptedException {
    etcd.write(Stream.of(world.gate(true)));
    try (var host = new Host()) {
      host.plug(world.local(0));
      host.plug(world.local(1));
      host.plugCrowd(IntStream.range(2, plan.local()).mapToObj(world::local).toList());
      try (var agent = new Agent(program, settings(etcdPort), log);
          var flow = new Flow(world.local(0), world.local(1))) {
        start(agent, flow);
        idle("idle", agent);
        policies(agent, flow);
        endpoints(agent, host);
        churn(agent, flow);
        idle("idle after churn", agent);
        figures.add("end", agent.usage());
        heap("end", agent);
      }
    } finally {
      etcd.delete(IntStream.range(0, plan.rounds()).mapToObj(i -> world.comes(i).key()).toList());
    }
    figures.add("log, KiB", Files.size(log) / 1024.0);
    return figures;
  }

  private Map<String, String> settings(int etcdPort) {
    String etcdAddress = "http://" + Host.OUTSIDE_ADDRESS + ":" + etcdPort;
    return Map.of(
        "FELIX_ETCDENDPOINTS",
        etcdAddress,
        "ETCD_ENDPOINTS",
        etcdAddress,
        "FELIX_IPTABLESBACKEND",
        plan.backend());
  }

  private void start(Agent agent, Flow flow) throws IOException, InterruptedException {
    double alive = 0;
    double dead = 0;
    double ready = 0;
    while (ready == 0 || Host.workloadsWithRules(plan.backend()) < plan.local()) {
      Thread.sleep(STEP);
      boolean lives = agent.isWell("liveness");
      alive = alive == 0 && lives ? agent.secondsSinceStart() : alive;
      dead += alive > 0 && !lives ? 1 : 0;
      ready = ready == 0 && agent.isWell("readiness") ? agent.secondsSinceStart() : ready;
      if (agent.secondsSinceStart() > START_LIMIT.toSeconds()) {
        throw new IOException("not within " + START_LIMIT);
      }
    }
    figures.add("start: ready, s", ready);
    figures.add("start: all chains, s", agent.secondsSinceStart());
    flow.untilOpen(() -> CompletableFuture.completedFuture(null));
    figures.add("start: a packet, s", agent.secondsSinceStart());
    figures.add("start: alive, s", alive);
    figures.add("start: times not alive after that", dead);
    Thread.sleep(SETTLED);
    figures.add("start: CPU, s", agent.usage().cpuSeconds());
    figures.add("start", agent.usage());
    heap("start", agent);
    knows(agent);
  }

  /** That what is measured is what was meant. */
  private void knows(Agent agent) throws IOException, InterruptedException {
    Map<String, String> counts = new TreeMap<>();
    counts.put("endpoints known", "felix_cluster_num_workload_endpoints");
    counts.put("endpoints here", "felix_active_local_endpoints");
    counts.put("policies here", "felix_active_local_policies");
    counts.put("selectors here", "felix_active_local_selectors");
    counts.forEach(
        (name, metric) -> agent.metric(metric).ifPresent(value -> figures.add(name, value)));
    figures.add("routes to other hosts", Host.routesVia(VXLAN_DEVICE));
    figures.add("rules of the filter table", Host.filterRules(plan.backend()));
  }

  private void heap(String when, Agent agent) {
    agent
        .metric("jvm_memory_used_bytes{area=\"heap\"}")
        .ifPresent(bytes -> figures.add(when + ": heap, MiB", bytes / (1 << 20)));
  }

  private void idle(String name, Agent agent) throws IOException, InterruptedException {
    Usage before = agent.usage();
    Thread.sleep(Duration.ofSeconds(plan.idleSeconds()));
    double used = agent.usage().cpuSince(before);
    figures.add(name + ": CPU, %", 100 * used / plan.idleSeconds());
  }

  private void policies(Agent agent, Flow flow) throws IOException, InterruptedException {
    var stages = new Stages(agent, ChangeKind.POLICY);
    Usage before = agent.usage();
    var opened = new ArrayList<Duration>();
    var closed = new ArrayList<Duration>();
    for (int i = 0; i < plan.rounds(); i++) {
      closed.add(flow.untilClosed(() -> etcd.begin(world.gate(false))));
      Thread.sleep(BREAK);
      opened.add(flow.untilOpen(() -> etcd.begin(world.gate(true))));
      Thread.sleep(BREAK);
    }
    figures.add("policy allows", opened);
    figures.add("policy denies", closed);
    stages.report("policy", figures);
    cpuOfEach("policy", 2 * plan.rounds(), agent.usage().cpuSince(before));
  }

  private void endpoints(Agent agent, Host host) throws IOException, InterruptedException {
    var stages = new Stages(agent, ChangeKind.ENDPOINT);
    Usage before = agent.usage();
    var came = new ArrayList<Duration>();
    for (int i = 0; i < plan.rounds(); i++) {
      Workload workload = world.local(plan.local() + i);
      host.plug(workload);
      try (var flow = new Flow(world.local(0), workload)) {
        Thread.sleep(BREAK);
        Entry entry = world.comes(i);
        came.add(flow.untilOpen(() -> etcd.begin(entry)));
      }
    }
    figures.add("endpoint comes", came);
    stages.report("endpoint", figures);
    cpuOfEach("endpoint", plan.rounds(), agent.usage().cpuSince(before));
  }

  /** With what the agent does beside it; unlike times it hardly depends on what others do. */
  private void cpuOfEach(String what, int changes, double cpuSeconds) {
    if (changes > 0) {
      figures.add(what + ": CPU of each change, ms", 1e3 * cpuSeconds / changes);
    }
  }

  private void churn(Agent agent, Flow flow) throws IOException, InterruptedException {
    Usage before = agent.usage();
    long start = System.nanoTime();
    etcd.write(
        new SplittableRandom(5)
            .ints(0, plan.remote())
            .distinct()
            .limit(Math.min(plan.churn(), plan.remote()))
            .mapToObj(i -> world.remote(i, number)));
    Duration written = Duration.ofNanos(System.nanoTime() - start);
    Duration closed = flow.untilClosed(() -> etcd.begin(world.gate(false)));
    figures.add("churn: caught up, s", written.plus(closed).toMillis() / 1e3);
    Thread.sleep(SETTLED);
    figures.add("churn: CPU, s", agent.usage().cpuSince(before));
  }
}
