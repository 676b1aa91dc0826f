package felix.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import felix.count.Histogram;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prometheus' text format 0.0.4 for histograms. */
class HistogramTextTest {
  private final Histogram histogram = new Histogram(100_000, 2_000_000_000);

  @Test
  void bucketsHoldAllValuesUpToTheirBound() {
    histogram.observe(100_000, 1);
    histogram.observe(150_000, 2);
    histogram.observe(3_000_000_000L, 1);

    assertThat(text())
        .isEqualTo(
            """
            # HELP waited_seconds Time
            # TYPE waited_seconds histogram
            waited_seconds_bucket{who="me",le="0.0001"} 1
            waited_seconds_bucket{who="me",le="2"} 3
            waited_seconds_bucket{who="me",le="+Inf"} 4
            waited_seconds_sum{who="me"} 3.0004
            waited_seconds_count{who="me"} 4
            """);
  }

  private String text() {
    var metric =
        Metric.histogram("waited_seconds", "Time", (from, to) -> to.histogram(1e9, histogram, "me"))
            .by("who");
    return Samples.print(List.of(metric), new Scrape("host", Metrics.none(), new ServerStatus()));
  }
}
