package felix.agent;

import felix.calc.GraphSettings;
import felix.config.FelixConfig;
import felix.config.KernelSettings;
import felix.config.LogSettings;
import felix.dataplane.DataplaneSettings;
import felix.datastore.EtcdSettings;
import java.net.InetSocketAddress;
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
    Optional<InetSocketAddress> metrics,
    String logSeverity,
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
        SettingRecords.metrics(config),
        config.get(LogSettings.LOG_SEVERITY_SCREEN),
        config.get(KernelSettings.IGNORE_LOOSE_RPF));
  }
}
