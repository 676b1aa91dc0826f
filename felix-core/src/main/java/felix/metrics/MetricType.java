package felix.metrics;

import java.util.Locale;

/** What a metric's numbers mean. */
enum MetricType {
  /** Grows, and begins anew with the process. */
  COUNTER,
  /** Any number, as it is now. */
  GAUGE,
  /** How many values there were, their sum, and quantiles of those of the last ten minutes. */
  SUMMARY,
  /** How many values there were since the start, of these how many up to each bound, their sum. */
  HISTOGRAM;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
