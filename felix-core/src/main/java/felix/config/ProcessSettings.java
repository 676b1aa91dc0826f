package felix.config;

import java.util.List;

/** The agent as a process: its log, its health and its metrics. */
public final class ProcessSettings {
  public static final Setting<String> LOG_SEVERITY_SCREEN =
      Setting.of(
          "LogSeverityScreen",
          Types.choice("TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "FATAL"),
          "INFO",
          "Lowest severity that is written to standard output; none for nothing.");

  public static final Setting<Boolean> HEALTH_ENABLED =
      Setting.of(
          "HealthEnabled", Types.BOOL, "false", "Whether to answer /liveness and /readiness.");

  public static final Setting<String> HEALTH_HOST =
      Setting.of("HealthHost", Types.LISTEN_ADDRESS, "localhost", "Address of the health server.");

  public static final Setting<Integer> HEALTH_PORT =
      Setting.of("HealthPort", Types.port(), "9099", "TCP port of the health server.");

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
      List.of(
          LOG_SEVERITY_SCREEN,
          HEALTH_ENABLED,
          HEALTH_HOST,
          HEALTH_PORT,
          PROMETHEUS_METRICS_ENABLED,
          PROMETHEUS_METRICS_HOST,
          PROMETHEUS_METRICS_PORT);

  private ProcessSettings() {}
}
