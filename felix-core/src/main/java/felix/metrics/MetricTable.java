package felix.metrics;

import java.util.ArrayList;
import java.util.List;

/** All metrics there are, in the order in which they are printed and documented. */
final class MetricTable {
  private MetricTable() {}

  /** Those that Felix has, too. */
  static List<Metric> ofFelix() {
    return joined(
        List.of(GraphMetrics.ALL, DataplaneMetrics.ALL, ProgramMetrics.ALL, AgentMetrics.OF_FELIX));
  }

  /** All. */
  static List<Metric> all() {
    return joined(List.of(ofFelix(), AgentMetrics.OURS, ProcessMetrics.ALL, JvmMetrics.ALL));
  }

  /** Those that settings ask for. */
  static List<Metric> chosen(MetricsOptions options) {
    return joined(
        List.of(
            ofFelix(),
            AgentMetrics.OURS,
            options.process() ? ProcessMetrics.ALL : List.of(),
            options.runtime() ? JvmMetrics.ALL : List.of()));
  }

  private static List<Metric> joined(List<List<Metric>> parts) {
    var all = new ArrayList<Metric>();
    parts.forEach(all::addAll);
    return List.copyOf(all);
  }
}
