package felix.agent;

import felix.health.Health;
import felix.http.SmallServer;
import felix.metrics.Metrics;
import felix.metrics.MetricsServer;
import felix.metrics.MetricsTls;
import felix.metrics.Reports;
import java.util.function.UnaryOperator;

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

  /** Starts the server, unless that was done. */
  void serve(MetricsServing serving) {
    if (served) {
      return;
    }
    served = true;
    SmallServer.Layer layer =
        serving.tls().<SmallServer.Layer>map(MetricsTls::new).orElse(SmallServer.Layer.PLAIN);
    Listening.start(
        "metrics",
        () ->
            MetricsServer.start(
                Listening.resolved(serving.address()), layer, serving.options(), () -> current));
  }

  /**
   * From now on those of an agent that runs.
   *
   * @param more adds what the agent does not know of itself
   */
  void show(Metrics ofAgent, UnaryOperator<Reports> more) {
    Reports reports = ofAgent.reports().with(current.reports().condition());
    current = ofAgent.with(more.apply(reports));
  }

  private static Reports.Condition condition(Health health) {
    return new Reports.Condition(() -> health.look().isLive(), () -> health.look().isReady());
  }
}
