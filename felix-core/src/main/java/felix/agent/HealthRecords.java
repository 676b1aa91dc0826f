package felix.agent;

import felix.config.FelixConfig;
import felix.config.HealthSettings;
import felix.config.IptablesSettings;
import felix.config.ReportingSettings;
import felix.status.ReportingPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What health and status take, filled from the configuration. */
final class HealthRecords {
  private HealthRecords() {}

  /**
   * How long threads may stand still, where that is not what they say themselves; by the name of
   * the part in small letters. The dataplane's may also wait for a lock all the time that a program
   * is told to wait for it.
   */
  static Map<String, Duration> limits(FelixConfig config) {
    Duration dataplane = config.get(HealthSettings.DATAPLANE_WATCHDOG_TIMEOUT);
    Duration lock = config.get(IptablesSettings.IPTABLES_LOCK_TIMEOUT);
    var limits = new HashMap<String, Duration>();
    limits.put(
        AgentHealth.DATAPLANE.toLowerCase(Locale.ROOT),
        dataplane.isZero() ? dataplane : dataplane.plus(lock));
    limits.putAll(config.get(HealthSettings.HEALTH_TIMEOUT_OVERRIDES));
    return Map.copyOf(limits);
  }

  static FaultPlan faults(FelixConfig config) {
    return new FaultPlan(
        config.get(HealthSettings.DEBUG_SIMULATE_CALC_GRAPH_HANG_AFTER),
        config.get(HealthSettings.DEBUG_SIMULATE_DATAPLANE_HANG_AFTER),
        config.get(HealthSettings.DEBUG_SIMULATE_DATAPLANE_APPLY_DELAY),
        config.get(HealthSettings.DEBUG_PANIC_AFTER));
  }

  static ReportingPlan reporting(FelixConfig config) {
    return new ReportingPlan(
        config.get(ReportingSettings.REPORTING_INTERVAL),
        config.get(ReportingSettings.REPORTING_TTL),
        config.get(ReportingSettings.ENDPOINT_REPORTING_ENABLED),
        config.get(ReportingSettings.ENDPOINT_REPORTING_DELAY));
  }

  /** The folder above the one with a file for each endpoint; empty for no such files. */
  static Optional<Path> endpointStatus(FelixConfig config) {
    String prefix = config.get(ReportingSettings.ENDPOINT_STATUS_PATH_PREFIX);
    return prefix.isEmpty() ? Optional.empty() : Optional.of(Path.of(prefix));
  }
}
