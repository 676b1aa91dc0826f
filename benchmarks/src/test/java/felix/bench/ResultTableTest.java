package felix.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final String AVERAGE =
      """
      [{"benchmark": "felix.bench.DecodingBenchmark.value", "mode": "avgt", "params": {"kind": "PROFILE"},
        "primaryMetric": {"score": %s, "scoreUnit": "us/op"},
        "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 5310.2, "scoreUnit": "B/op"}}}]
      """;

  private static final String SAMPLED =
      """
      [{"benchmark": "felix.dataplane.DataplaneRingBenchmark.handOver", "mode": "sample", "params": {"events": "1"},
        "primaryMetric": {"score": 9.0, "scoreUnit": "us/op", "scorePercentiles": {"50.0": 4.5, "99.0": 1250.0}},
        "secondaryMetrics": {}}]
      """;

  @Test
  void oneColumnForEachRun() throws IOException {
    assertThat(ResultTable.of(List.of(AVERAGE.formatted("3.456"), AVERAGE.formatted("0.98765"))))
        .isEqualTo(
            "| `DecodingBenchmark.value` | kind=PROFILE | 3.46 µs, 5310 B | 988 ns, 5310 B |\n");
  }

  @Test
  void sampledTimesAreMedianAndTail() throws IOException {
    assertThat(ResultTable.of(List.of(SAMPLED)))
        .isEqualTo("| `DataplaneRingBenchmark.handOver` | events=1 | 4.50 µs / 1.25 ms |\n");
  }

  @Test
  void whatOneRunLacksIsADash() throws IOException {
    assertThat(ResultTable.of(List.of(AVERAGE.formatted("12.34"), SAMPLED)))
        .isEqualTo(
            """
            | `DecodingBenchmark.value` | kind=PROFILE | 12.3 µs, 5310 B | – |
            | `DataplaneRingBenchmark.handOver` | events=1 | – | 4.50 µs / 1.25 ms |
            """);
  }
}
