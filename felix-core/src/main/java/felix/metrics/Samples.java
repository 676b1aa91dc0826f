package felix.metrics;

import felix.count.Distribution;
import felix.count.Histogram;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints metrics in Prometheus' text format 0.0.4. Whoever gives numbers to a metric with labels
 * gives their values in the metric's order.
 */
final class Samples {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  /** A label that a type of metric has of itself. */
  private record Own(String name, String value) {}

  private final StringBuilder text = new StringBuilder(1 << 14);
  private Metric current;

  Samples(Metric first) {
    this.current = first;
  }

  /** All metrics of a table. */
  static String print(List<Metric> table, Scrape scrape) {
    if (table.isEmpty()) {
      return "";
    }
    var samples = new Samples(table.getFirst());
    table.forEach(metric -> samples.print(metric, scrape));
    return samples.text.toString();
  }

  private void print(Metric metric, Scrape scrape) {
    current = metric;
    text.append("# HELP ").append(metric.name()).append(' ');
    escape(metric.help(), false);
    text.append("\n# TYPE ").append(metric.name()).append(' ').append(metric.type().word());
    text.append('\n');
    metric.source().write(scrape, this);
  }

  /** A number, with the values of the labels. */
  void value(double number, String... labelValues) {
    line("", number, null, labelValues);
  }

  /** Likewise. What is larger than 2^53 is no exact number to Prometheus either. */
  void value(long number, String... labelValues) {
    value((double) number, labelValues);
  }

  void flag(boolean isSo, String... labelValues) {
    value(isSo ? 1 : 0, labelValues);
  }

  /**
   * A summary of several distributions as if they were one.
   *
   * @param unit what one of the metric's units is in those of the distributions
   */
  void summary(double unit, Collection<Distribution> parts, String... labelValues) {
    double[] values = Distribution.quantiles(parts, QUANTILES);
    for (int i = 0; i < QUANTILES.length; i++) {
      line("", values[i] / unit, new Own("quantile", Double.toString(QUANTILES[i])), labelValues);
    }
    totals(
        parts.stream().mapToLong(Distribution::sum).sum() / unit,
        parts.stream().mapToLong(Distribution::count).sum(),
        labelValues);
  }

  void summary(double unit, Distribution distribution) {
    summary(unit, List.of(distribution));
  }

  /**
   * A histogram.
   *
   * @param unit what one of the metric's units is in those of the histogram
   */
  void histogram(double unit, Histogram histogram, String... labelValues) {
    long[] counts = histogram.cumulative();
    for (int i = 0; i < counts.length; i++) {
      String bound = i < histogram.size() ? plain(histogram.bound(i) / unit) : "+Inf";
      line("_bucket", (double) counts[i], new Own("le", bound), labelValues);
    }
    totals(histogram.sum() / unit, counts[counts.length - 1], labelValues);
  }

  /** A summary without quantiles. */
  void totals(double sum, long count, String... labelValues) {
    line("_sum", sum, null, labelValues);
    line("_count", (double) count, null, labelValues);
  }

  private void line(String suffix, double number, @Nullable Own own, String... labelValues) {
    if (labelValues.length != current.labels().size()) {
      throw new IllegalArgumentException(
          current.name() + " has the labels " + current.labels() + ", not " + labelValues.length);
    }
    text.append(current.name()).append(suffix);
    char separator = '{';
    for (int i = 0; i < labelValues.length; i++) {
      label(separator, current.labels().get(i), labelValues[i]);
      separator = ',';
    }
    if (own != null) {
      label(separator, own.name(), own.value());
      separator = ',';
    }
    text.append(separator == ',' ? "} " : " ");
    number(number);
    text.append('\n');
  }

  private void label(char separator, String name, String value) {
    text.append(separator).append(name).append("=\"");
    escape(value, true);
    text.append('"');
  }

  /** As other servers write bounds: 0.0001, not 1.0E-4. They are text, and compared as such. */
  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private void number(double number) {
    if (number == (long) number) {
      text.append((long) number);
    } else {
      text.append(number);
    }
  }

  private void escape(String value, boolean quotes) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '"' -> text.append(quotes ? "\\\"" : "\"");
        default -> text.append(c);
      }
    }
  }
}
