package felix.metrics;

import java.util.List;

/**
 * A row of the table of metrics: what scrapers and operators see, and where the numbers come from.
 *
 * @param labels in the order in which {@link Source} gives their values
 * @param help one sentence, without a full stop
 */
record Metric(String name, MetricType type, List<String> labels, String help, Source source) {
  /** Gives a metric's numbers. */
  @FunctionalInterface
  interface Source {
    void write(Scrape from, Samples to);
  }

  static Metric counter(String name, String help, Source source) {
    return new Metric(name, MetricType.COUNTER, List.of(), help, source);
  }

  static Metric gauge(String name, String help, Source source) {
    return new Metric(name, MetricType.GAUGE, List.of(), help, source);
  }

  static Metric summary(String name, String help, Source source) {
    return new Metric(name, MetricType.SUMMARY, List.of(), help, source);
  }

  static Metric histogram(String name, String help, Source source) {
    return new Metric(name, MetricType.HISTOGRAM, List.of(), help, source);
  }

  /** One number for each combination of values of these labels. */
  Metric by(String... labelNames) {
    return new Metric(name, type, List.of(labelNames), help, source);
  }
}
