package felix.agent;

import felix.calc.ring.CalcGraphRing;
import felix.dataplane.LinuxDataplane;
import felix.datastore.EtcdWatcher;
import felix.health.Health;
import felix.health.HealthCheck;
import felix.health.Heartbeat;
import felix.health.Heartbeat.Kind;
import felix.health.Lasting;
import felix.status.StatusFiles;
import felix.status.StatusReporting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What makes the agent healthy: its threads, and that the kernel is in sync. */
final class AgentHealth {
  /** The dataplane's part. */
  static final String DATAPLANE = "InternalDataplaneMainLoop";

  /** A piece of work is a page of etcd, a snapshot of a whole cluster, a program with its wait. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(90);

  /** So that a lasting fault is seen within 30 s. */
  private static final Duration LONGEST_LAG = Duration.ofSeconds(25);

  private final List<Heartbeat> heartbeats = new ArrayList<>();
  private final EtcdWatcher watcher;
  private final LinuxDataplane dataplane;

  /** Of the threads that no packet can do without. */
  AgentHealth(EtcdWatcher watcher, CalcGraphRing graph, LinuxDataplane dataplane) {
    this.watcher = watcher;
    this.dataplane = dataplane;
    vital("DatastoreWatcher", "etcd", watcher.status()::lastProgressNanos);
    vital("CalculationGraph", "calc-graph", graph::lastProgressNanos);
    vital(DATAPLANE, "dataplane", dataplane.status()::lastProgress);
    vital("InterfaceMonitor", "iface-monitor", dataplane::lastMonitorProgress);
  }

  /** Also of the one that writes status. */
  void with(StatusReporting reporting) {
    extra("StatusReporter", StatusReporting.THREAD, reporting::progress);
  }

  /** Also of the one that writes files. */
  void with(StatusFiles files) {
    extra("EndpointStatusFiles", StatusFiles.THREAD, files::progress);
  }

  void report(Health health) {
    HealthCheck inSync =
        HealthCheck.holds(
            dataplane.status()::isInSync, "the kernel does not hold what etcd wants yet");
    health.running(heartbeats, List.of(new Lasting(inSync, LONGEST_LAG)), this::summary);
  }

  private String summary() {
    String text =
        "in sync: %d endpoints, revision %d"
            .formatted(dataplane.status().endpoints(), watcher.status().revision());
    return watcher.status().isConnected() ? text : text + "; etcd does not answer";
  }

  private void vital(String name, String thread, LongSupplier progress) {
    heartbeats.add(new Heartbeat(name, thread, progress, LONGEST_STANDSTILL, Kind.VITAL));
  }

  private void extra(String name, String thread, LongSupplier progress) {
    heartbeats.add(new Heartbeat(name, thread, progress, LONGEST_STANDSTILL, Kind.EXTRA));
  }
}
