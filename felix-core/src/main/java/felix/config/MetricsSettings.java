package felix.config;

import java.util.List;

/** What Prometheus may scrape. */
public final class MetricsSettings {
  public static final Setting<Boolean> PROMETHEUS_METRICS_ENABLED =
      Setting.of("PrometheusMetricsEnabled", Types.BOOL, "false", "Whether to serve metrics.");

  public static final Setting<String> PROMETHEUS_METRICS_HOST =
      Setting.of(
          "PrometheusMetricsHost",
          Types.LISTEN_ADDRESS,
          "",
          "Address of the metrics server; all addresses if not set.");

  public static final Setting<Integer> PROMETHEUS_METRICS_PORT =
      Setting.of("PrometheusMetricsPort", Types.port(), "9091", "TCP port of the metrics server.");

  static final List<Setting<?>> ALL =
      List.of(PROMETHEUS_METRICS_ENABLED, PROMETHEUS_METRICS_HOST, PROMETHEUS_METRICS_PORT);

  private MetricsSettings() {}
}
