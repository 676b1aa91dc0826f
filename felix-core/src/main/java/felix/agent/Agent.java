package felix.agent;

import felix.calc.ring.CalcGraphRing;
import felix.dataplane.LinuxDataplane;
import felix.datastore.EtcdWatcher;
import felix.datastore.Quarantine;
import felix.health.Health;
import felix.health.HealthCheck;
import felix.health.Lasting;
import felix.metrics.Metrics;
import java.time.Duration;
import java.util.List;

/**
 * The wiring: etcd's thread, the ring to the calculation graph, its thread, the ring to the
 * dataplane, its thread. Nothing downstream calls upstream.
 */
final class Agent {
  /** A thread may wait for etcd, or for a program that waits for a lock. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(90);

  private static final Duration LONGEST_LAG = Duration.ofSeconds(30);

  private final Quarantine quarantine = new Quarantine();
  private final LinuxDataplane dataplane;
  private final ConfigurationWatch configuration;
  private final CalcGraphRing graph;
  private final EtcdWatcher watcher;

  /**
   * Builds all of it; nothing runs yet.
   *
   * @param settings made of what was loaded
   */
  Agent(
      AgentSettings settings,
      ConfigurationLoader.Loaded loaded,
      FindingLog findings,
      ConfigurationWatch.Reaction reaction,
      Exit exit) {
    var onFault = new FaultHandler(exit);
    dataplane = LinuxDataplane.ofHost(settings.dataplane(), onFault);
    configuration =
        new ConfigurationWatch(loaded.raw(), settings.hostname(), findings, reaction, dataplane);
    graph = new CalcGraphRing(settings.graph(), configuration, onFault);
    watcher = new EtcdWatcher(loaded.connector(), graph, quarantine, onFault);
  }

  void start() {
    dataplane.start();
    graph.start();
    watcher.start();
  }

  void report(Health health) {
    health.running(
        List.of(
            HealthCheck.progress("etcd", watcher.status()::lastProgressNanos, LONGEST_STANDSTILL),
            HealthCheck.progress("calc-graph", graph::lastProgressNanos, LONGEST_STANDSTILL),
            HealthCheck.progress(
                "dataplane", dataplane.status()::lastProgress, LONGEST_STANDSTILL)),
        List.of(
            new Lasting(
                HealthCheck.holds(
                    dataplane.status()::isInSync, "the kernel does not hold what etcd wants yet"),
                LONGEST_LAG)));
  }

  Metrics metrics() {
    return new Metrics(
        quarantine::size, watcher.status()::listings, dataplane.status()::kernelWrites);
  }
}
