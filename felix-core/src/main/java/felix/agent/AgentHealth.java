package felix.agent;

import felix.calc.ring.CalcGraphRing;
import felix.config.FelixConfig;
import felix.config.HealthSettings;
import felix.config.IptablesSettings;
import felix.dataplane.LinuxDataplane;
import felix.datastore.EtcdWatcher;
import felix.health.Health;
import felix.health.HealthCheck;
import felix.health.Heartbeat;
import felix.health.Heartbeat.Kind;
import felix.health.Lasting;
import felix.health.Limits;
import felix.status.StatusFiles;
import felix.status.StatusReporting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes the agent healthy: its threads, and that the kernel is in sync. */
final class AgentHealth {
  private static final Logger LOG = LoggerFactory.getLogger(AgentHealth.class);

  /** Felix's names of the parts that it has, too. */
  private static final String GRAPH = "CalculationGraph";

  private static final String DATAPLANE = "InternalDataplaneMainLoop";

  /** A piece of work is a page of etcd, a snapshot of a whole cluster, a program with its wait. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(90);

  /** So that a lasting fault is seen within 30 s. */
  private static final Duration LONGEST_LAG = Duration.ofSeconds(25);

  private final List<Heartbeat> heartbeats;
  private final List<HealthCheck> readiness;
  private final EtcdWatcher watcher;
  private final LinuxDataplane dataplane;

  /** What writes status; the files may be switched off. */
  record Writers(StatusReporting datastore, Optional<StatusFiles> files) {}

  AgentHealth(
      EtcdWatcher watcher, CalcGraphRing graph, LinuxDataplane dataplane, Writers writers) {
    this.watcher = watcher;
    this.dataplane = dataplane;
    var beats = new ArrayList<Heartbeat>();
    beats.add(vital("DatastoreWatcher", "etcd", watcher.status()::lastProgressNanos));
    beats.add(vital(GRAPH, "calc-graph", graph::lastProgressNanos));
    beats.add(vital(DATAPLANE, "dataplane", dataplane.status()::lastProgress));
    beats.add(vital("InterfaceMonitor", "iface-monitor", dataplane::lastMonitorProgress));
    beats.add(extra("StatusReporter", StatusReporting.THREAD, writers.datastore()::progress));
    writers
        .files()
        .ifPresent(
            files ->
                beats.add(extra("EndpointStatusFiles", StatusFiles.THREAD, files::progress)));
    this.heartbeats = List.copyOf(beats);
    this.readiness =
        List.of(
            new Lasting(
                HealthCheck.holds(
                    dataplane.status()::isInSync, "the kernel does not hold what etcd wants yet"),
                LONGEST_LAG));
  }

  void report(Health health) {
    health.running(heartbeats, readiness, this::summary);
  }

  /** How long threads may stand still, by the configuration. */
  void apply(FelixConfig config, Limits limits) {
    var overrides = new HashMap<String, Duration>();
    Duration dataplaneLimit = config.get(HealthSettings.DATAPLANE_WATCHDOG_TIMEOUT);
    Duration lockWait = config.get(IptablesSettings.IPTABLES_LOCK_TIMEOUT);
    overrides.put(
        folded(DATAPLANE), dataplaneLimit.isZero() ? dataplaneLimit : dataplaneLimit.plus(lockWait));
    overrides.putAll(config.get(HealthSettings.HEALTH_TIMEOUT_OVERRIDES));
    limits.override(overrides);
    Set<String> known =
        heartbeats.stream().map(Heartbeat::name).map(AgentHealth::folded).collect(Collectors.toSet());
    overrides.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> LOG.warn("HealthTimeoutOverrides: there is no part {}", name));
  }

  private String summary() {
    String text =
        "in sync: %d endpoints, revision %d"
            .formatted(dataplane.status().endpoints(), watcher.status().revision());
    return watcher.status().isConnected() ? text : text + "; etcd does not answer";
  }

  private static Heartbeat vital(
      String name, String thread, LongSupplier progress) {
    return new Heartbeat(name, thread, progress, LONGEST_STANDSTILL, Kind.VITAL);
  }

  private static Heartbeat extra(
      String name, String thread, LongSupplier progress) {
    return new Heartbeat(name, thread, progress, LONGEST_STANDSTILL, Kind.EXTRA);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
