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

  public static final Setting<String> PROMETHEUS_METRICS_CERT_FILE =
      Setting.of(
          "PrometheusMetricsCertFile",
          Types.TEXT,
          "",
          "PEM file with the certificate of the metrics server, which speaks TLS then.");

  public static final Setting<String> PROMETHEUS_METRICS_KEY_FILE =
      Setting.of(
          "PrometheusMetricsKeyFile",
          Types.TEXT,
          "",
          "PEM file with the private key for PrometheusMetricsCertFile.");

  public static final Setting<String> PROMETHEUS_METRICS_CA_FILE =
      Setting.of(
          "PrometheusMetricsCAFile",
          Types.TEXT,
          "",
          "PEM file with the authorities that may have signed certificates of scrapers; those of the"
              + " JVM if not set.");

  public static final Setting<String> PROMETHEUS_METRICS_CLIENT_AUTH =
      Setting.of(
          "PrometheusMetricsClientAuth",
          Types.choice(
              "RequireAndVerifyClientCert",
              "RequireAnyClientCert",
              "VerifyClientCertIfGiven",
              "NoClientCert"),
          "NoClientCert",
          "Which certificate a scraper must show, where the metrics server speaks TLS.");

  public static final Setting<Boolean> PROMETHEUS_GO_METRICS_ENABLED =
      Setting.of(
          "PrometheusGoMetricsEnabled",
          Types.BOOL,
          "true",
          "Whether metrics tell of the runtime: here the JVM (jvm_*), in Felix Go's (go_*).");

  public static final Setting<Boolean> PROMETHEUS_PROCESS_METRICS_ENABLED =
      Setting.of(
          "PrometheusProcessMetricsEnabled",
          Types.BOOL,
          "true",
          "Whether metrics tell of the process (process_*).");

  public static final Setting<Boolean> PROMETHEUS_WIREGUARD_METRICS_ENABLED =
      Setting.of(
              "PrometheusWireGuardMetricsEnabled",
              Types.BOOL,
              "true",
              "Whether metrics tell of WireGuard.")
          .unused("WireGuard is not supported");

  static final List<Setting<?>> ALL =
      List.of(
          PROMETHEUS_METRICS_ENABLED,
          PROMETHEUS_METRICS_HOST,
          PROMETHEUS_METRICS_PORT,
          PROMETHEUS_METRICS_CERT_FILE,
          PROMETHEUS_METRICS_KEY_FILE,
          PROMETHEUS_METRICS_CA_FILE,
          PROMETHEUS_METRICS_CLIENT_AUTH,
          PROMETHEUS_GO_METRICS_ENABLED,
          PROMETHEUS_PROCESS_METRICS_ENABLED,
          PROMETHEUS_WIREGUARD_METRICS_ENABLED);

  private MetricsSettings() {}
}
