package felix.agent;

import felix.config.FelixConfig;
import felix.config.MetricsSettings;
import felix.health.Health;
import felix.http.SmallServer;
import felix.metrics.Metrics;
import felix.metrics.MetricsServer;
import felix.metrics.Reports;

/**
 * The metrics as they are served: from as soon as it is known that they are wanted and where, and
 * first those of an agent that has not begun. The main thread tells it, the server's ask.
 */
final class MetricsService {
  private volatile Metrics current;
  private boolean served;

  MetricsService(Health health) {
    current = Metrics.none().with(Reports.none().with(condition(health)));
  }

  /** Starts the server, unless that was done. Before etcd was read: only if it cannot change it. */
  void serve(FelixConfig config, boolean isFinal) {
    boolean isKnown = isFinal || config.source(MetricsSettings.PROMETHEUS_METRICS_PORT) != null;
    if (served || !isKnown || !config.get(MetricsSettings.PROMETHEUS_METRICS_ENABLED)) {
      return;
    }
    served = true;
    var address = MetricsRecords.address(config);
    var options = MetricsRecords.options(config);
    Listening.start(
        "metrics",
        () ->
            MetricsServer.start(
                Listening.resolved(address), SmallServer.Layer.PLAIN, options, () -> current));
  }

  /** From now on those of an agent that runs. */
  void show(Metrics ofAgent) {
    current = ofAgent.with(ofAgent.reports().with(current.reports().condition()));
  }

  private static Reports.Condition condition(Health health) {
    return new Reports.Condition(
        () -> health.notLive().isEmpty(), () -> health.notReady().isEmpty());
  }
}
