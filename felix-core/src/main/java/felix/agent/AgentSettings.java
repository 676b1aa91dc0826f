package felix.agent;

import felix.calc.GraphSettings;
import felix.config.FelixConfig;
import felix.config.KernelSettings;
import felix.dataplane.DataplaneSettings;
import felix.datastore.EtcdSettings;
import felix.log.LogPlan;
import felix.policysync.PolicySyncSettings;
import felix.status.ReportingPlan;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All that the agent is built from, made of the configuration: a setting that changes nothing here
 * has no effect. One line for each part of the agent that has settings.
 */
record AgentSettings(
    String hostname,
    EtcdSettings etcd,
    GraphSettings graph,
    DataplaneSettings dataplane,
    Optional<InetSocketAddress> health,
    Map<String, Duration> healthLimits,
    FaultPlan faults,
    ReportingPlan reporting,
    Optional<Path> endpointStatus,
    Optional<PolicySyncSettings> policySync,
    Optional<MetricsServing> metrics,
    LogPlan log,
    boolean ignoreLooseRpf) {

  /**
   * Fills all records.
   *
   * @throws IllegalArgumentException for settings that the agent cannot run with
   */
  static AgentSettings of(FelixConfig config) {
    return new AgentSettings(
        SettingRecords.hostname(config),
        SettingRecords.etcd(config),
        SettingRecords.graph(config),
        SettingRecords.dataplane(config),
        SettingRecords.health(config),
        HealthRecords.limits(config),
        HealthRecords.faults(config),
        HealthRecords.reporting(config),
        HealthRecords.endpointStatus(config),
        SettingRecords.policySync(config),
        MetricsServing.of(config),
        LogPlan.of(config),
        config.get(KernelSettings.IGNORE_LOOSE_RPF));
  }
}
