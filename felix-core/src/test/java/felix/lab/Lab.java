package felix.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One node with an etcd and an agent, into which states of the world are loaded one after the
 * other. A test class makes one, starts the agent when etcd holds what it should find, and closes
 * it. Logs stay in {@code target/lab}.
 */
public final class Lab implements AutoCloseable {
  /** The checkout; tests run in their module's folder. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);
  private static final Duration CHANGE_LIMIT = Duration.ofSeconds(30);

  private static final String KERNEL_STATE =
      """
      (iptables-legacy-save; ip6tables-legacy-save; iptables-nft-save; ip6tables-nft-save) 2>/dev/null | grep -v '^[:#]'
      ipset save | sort; ip route; ip -6 route; ip neigh show nud permanent
      """;

  private final Map<String, String> settings = new HashMap<>();
  private final Path agentLog;
  private final Node node;
  private final Prober prober;
  private final Etcd etcd;
  private Map<String, String> kvs = Map.of();
  private @Nullable AgentProcess agent;

  /**
   * A node without an agent yet.
   *
   * @param test whose log files these are
   */
  public Lab(Class<?> test, Backend backend) {
    this(test.getSimpleName() + "-" + backend.word(), new Node());
    settings.put("FELIX_IPTABLESBACKEND", backend.word());
  }

  private Lab(String name, Node node) {
    this.node = node;
    prober = new Prober(node);
    agentLog = Logs.fresh(name + "-agent");
    etcd = new Etcd(Node.NAMESPACE, Logs.fresh(name + "-etcd"));
  }

  /** The node is this machine, a guest; its agent is a {@link Service}. */
  static Lab ofThisMachine(Class<?> test) {
    return new Lab(test.getSimpleName(), Node.ofThisMachine());
  }

  public Node node() {
    return node;
  }

  public Etcd etcd() {
    return etcd;
  }

  public AgentProcess agent() {
    if (agent == null) {
      throw new LabException("no agent was started");
    }
    return agent;
  }

  /** An environment variable of agents started from now on. */
  public void set(String variable, String value) {
    settings.put(variable, value);
  }

  /** Starts an agent, over whatever the kernel holds, and does not wait. */
  public AgentProcess startAgent() {
    agent = new AgentProcess(Node.NAMESPACE, settings, agentLog);
    return agent;
  }

  /** Runs the agent's launcher on the node to its end, with the settings of agents. */
  public Shell.Output launch(String arguments) {
    var command = new StringBuilder("env JAVA_HOME=" + System.getProperty("java.home"));
    settings.forEach((name, value) -> command.append(" '%s=%s'".formatted(name, value)));
    return node.shell().attempt(command + " " + ROOT.resolve("bin/calico-felix") + " " + arguments);
  }

  /** Makes etcd and the workloads equal to a state, and nothing more. */
  public void load(World.State state) {
    var gone = kvs.keySet().stream().filter(key -> !state.kvs().containsKey(key)).toList();
    var changed = new HashMap<>(state.kvs());
    changed.entrySet().removeAll(kvs.entrySet());
    etcd.write(changed, gone);
    kvs = state.kvs();
    node.plug(state.workloads());
    node.forward(state.forwards());
  }

  /** The same, while the agent is killed so long after that began. */
  public void loadAndKill(World.State state, Duration after) {
    var doomed = agent();
    var killer = CompletableFuture.runAsync(() -> doomed.killAfter(after));
    load(state);
    killer.join();
  }

  /**
   * Waits until the kernel's rules, sets, routes and neighbours have stayed the same for a second.
   */
  public void settle() {
    var limit = System.nanoTime() + QUIET_LIMIT.toNanos();
    while (true) {
      var state = kernelState();
      if (Await.stays(QUIET, () -> kernelState().equals(state))) {
        break;
      }
      if (System.nanoTime() > limit) {
        throw new LabException("the kernel did not come to rest");
      }
    }
    if (agent != null) {
      agent.mustBeAlive();
    }
  }

  /** What an agent may have programmed, as text. */
  public String kernelState() {
    return node.shell().attempt(KERNEL_STATE).out();
  }

  public boolean arrives(Probe probe) {
    return prober.arrives(probe);
  }

  public Set<Integer> arrived(List<Probe> probes) {
    return prober.arrived(probes);
  }

  /**
   * Sends a probe from wherever a sender is, who need not have its source address, and sees what
   * comes of it where a receiver is, who need not have its destination.
   *
   * @return empty if nothing arrives there
   */
  public Optional<Crossing.Seen> crosses(String sender, Probe probe, String receiver) {
    try (var crossing = new Crossing(node, sender, receiver, probe)) {
      return crossing.outcome();
    }
  }

  /** Waits until a probe arrives. */
  public void awaitOpen(Probe probe) {
    Await.until("arrives: " + probe, CHANGE_LIMIT, () -> arrives(probe));
  }

  /** Waits until a probe no longer arrives. */
  public void awaitClosed(Probe probe) {
    Await.until("is stopped: " + probe, CHANGE_LIMIT, () -> !arrives(probe));
  }

  /** Begins to send packets until one arrives. */
  public Onset onset(Probe probe) {
    return new Onset(node, probe);
  }

  /** Begins to watch a key. */
  public EtcdEar ear(String key) {
    return new EtcdEar(Node.NAMESPACE, key);
  }

  /** Begins a stream of packets that are allowed, and of others that are denied. */
  public Traffic traffic(Probe allowed, Probe denied) {
    return new Traffic(node, allowed, denied);
  }

  /** Starts an HTTP server with one page in a workload. */
  public PageServer serve(Workload workload, int port, String page) {
    return new PageServer(workload, port, page);
  }

  /**
   * Every probe of a state whose verdict is not the recorded one, in words; empty when all is
   * right.
   */
  public List<String> wrongVerdicts(World.State state) {
    var arrived = arrived(state.probes());
    return IntStream.range(0, state.probes().size())
        .filter(i -> arrived.contains(i) != state.allowed().contains(i))
        .mapToObj(
            i ->
                "should "
                    + (arrived.contains(i) ? "be stopped: " : "arrive: ")
                    + state.probes().get(i))
        .toList();
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.kill();
    }
    etcd.kill();
    node.close();
    Shell.here().run("rm -rf /run/lab/*");
  }
}
