package felix.agent;

import felix.config.FelixConfig;
import felix.config.MetricsSettings;
import felix.config.Source;
import felix.datastore.tls.TlsFile;
import felix.metrics.MetricsOptions;
import felix.metrics.MetricsTls;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how metrics are served.
 *
 * @param tls empty for plain HTTP
 */
record MetricsServing(
    InetSocketAddress address, Optional<MetricsTls.Files> tls, MetricsOptions options) {

  /** Empty if they are not. */
  static Optional<MetricsServing> of(FelixConfig config) {
    return config.get(MetricsSettings.PROMETHEUS_METRICS_ENABLED)
        ? Optional.of(
            new MetricsServing(
                SettingRecords.listenAddress(
                    config.get(MetricsSettings.PROMETHEUS_METRICS_HOST),
                    config.get(MetricsSettings.PROMETHEUS_METRICS_PORT)),
                tls(config),
                options(config)))
        : Optional.empty();
  }

  /** Empty also if the datastore may say something else: where the host does not name the port. */
  static Optional<MetricsServing> knownFromHost(FelixConfig config) {
    Source source = config.source(MetricsSettings.PROMETHEUS_METRICS_PORT);
    return source == null ? Optional.empty() : of(config);
  }

  private static MetricsOptions options(FelixConfig config) {
    return new MetricsOptions(
        SettingRecords.hostname(config),
        config.get(MetricsSettings.PROMETHEUS_PROCESS_METRICS_ENABLED),
        config.get(MetricsSettings.PROMETHEUS_GO_METRICS_ENABLED));
  }

  /** As in Felix, one of certificate and key is enough to mean TLS; without the other it fails. */
  private static Optional<MetricsTls.Files> tls(FelixConfig config) {
    String certificate = config.get(MetricsSettings.PROMETHEUS_METRICS_CERT_FILE);
    String key = config.get(MetricsSettings.PROMETHEUS_METRICS_KEY_FILE);
    String authorities = config.get(MetricsSettings.PROMETHEUS_METRICS_CA_FILE);
    if (certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MetricsTls.Files(
            new TlsFile("PrometheusMetricsCertFile", Path.of(certificate)),
            new TlsFile("PrometheusMetricsKeyFile", Path.of(key)),
            authorities.isEmpty()
                ? Optional.empty()
                : Optional.of(new TlsFile("PrometheusMetricsCAFile", Path.of(authorities))),
            MetricsTls.ClientAuth.ofName(
                config.get(MetricsSettings.PROMETHEUS_METRICS_CLIENT_AUTH))));
  }
}
