package felix.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One host of a cluster, and the agent on it. */
public final class ClusterNode implements AutoCloseable {
  private final int number;
  private final String ip;
  private final Host host;
  private final Path log;
  private final Map<String, String> settings = new HashMap<>();
  private @Nullable AgentProcess agent;

  ClusterNode(int number, String ip, Path log) {
    this.number = number;
    this.ip = ip;
    this.log = log;
    this.host = new Host("lab-node" + number);
    settings.put("FELIX_FELIXHOSTNAME", name());
    settings.put("NODENAME", name());
  }

  public String name() {
    return "node" + number;
  }

  public Host host() {
    return host;
  }

  public Shell shell() {
    return host.shell();
  }

  /** The host itself, by its address on the fabric. */
  public Party party() {
    return new Party(host.namespace(), ip);
  }

  /** A workload of this node that was not plugged yet. Its address is in the node's block. */
  public Workload workload(int i) {
    return new Workload(
        "cali%d%06d".formatted(number, i),
        "172.29.%d.%d".formatted(number, i),
        "02:00:00:00:%02x:%02x".formatted(number, i),
        null);
  }

  /** An environment variable of agents started from now on. */
  public void set(String variable, String value) {
    settings.put(variable, value);
  }

  /** Starts an agent, over whatever the kernel holds, and does not wait. */
  public AgentProcess startAgent() {
    agent = new AgentProcess(host.namespace(), settings, log);
    return agent;
  }

  public AgentProcess agent() {
    if (agent == null) {
      throw new LabException("no agent was started on " + name());
    }
    return agent;
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.kill();
    }
    host.close();
  }
}
