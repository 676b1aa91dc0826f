package felix.metrics;

/**
 * Which metrics to serve beside the agent's own.
 *
 * @param host the agent's name of this host
 * @param process {@code PrometheusProcessMetricsEnabled}
 * @param runtime {@code PrometheusGoMetricsEnabled}: the JVM's, where Felix serves Go's
 */
public record MetricsOptions(String host, boolean process, boolean runtime) {}
