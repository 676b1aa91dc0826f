package felix.agent;

import felix.config.FelixConfig;
import felix.config.MetricsSettings;
import felix.metrics.MetricsOptions;
import java.net.InetSocketAddress;

/** What the metrics server takes, filled from the configuration. */
final class MetricsRecords {
  private MetricsRecords() {}

  static InetSocketAddress address(FelixConfig config) {
    return SettingRecords.listenAddress(
        config.get(MetricsSettings.PROMETHEUS_METRICS_HOST),
        config.get(MetricsSettings.PROMETHEUS_METRICS_PORT));
  }

  static MetricsOptions options(FelixConfig config) {
    return new MetricsOptions(
        SettingRecords.hostname(config),
        config.get(MetricsSettings.PROMETHEUS_PROCESS_METRICS_ENABLED),
        config.get(MetricsSettings.PROMETHEUS_GO_METRICS_ENABLED));
  }
}
