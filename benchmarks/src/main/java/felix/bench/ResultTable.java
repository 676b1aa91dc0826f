package felix.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints what JMH measured ({@code -rf json}) as rows of the table in the README: benchmark,
 * parameters, and a column of figures for each file. Figures in the unit that suits them; sampled
 * times as median and 99th percentile; with {@code -prof gc} also what one operation allocates.
 */
public final class ResultTable {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final List<String> UNITS = List.of("ns", "µs", "ms", "s");
  private static final Map<String, Double> NANOS =
      Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9);

  private ResultTable() {}

  /**
   * Prints the table.
   *
   * @param files results of JMH, one a column
   */
  @SuppressWarnings("SystemOut") // it is what this program is for
  public static void main(String[] files) throws IOException {
    var runs = new ArrayList<String>();
    for (String file : files) {
      runs.add(Files.readString(Path.of(file)));
    }
    System.out.print(of(runs));
  }

  /**
   * The table, in the order in which the benchmarks first come up.
   *
   * @param runs the text of each file
   */
  static String of(List<String> runs) throws IOException {
    var rows = new LinkedHashMap<String, String[]>();
    for (int run = 0; run < runs.size(); run++) {
      for (JsonNode result : new ObjectMapper().readTree(runs.get(run))) {
        rows.computeIfAbsent(work(result), work -> new String[runs.size()])[run] = figures(result);
      }
    }
    return rows.entrySet().stream()
        .map(row -> "| " + row.getKey() + " | " + cells(row.getValue()) + " |\n")
        .collect(Collectors.joining());
  }

  private static String cells(String[] figures) {
    return Arrays.stream(figures)
        .map(figure -> figure == null ? "–" : figure)
        .collect(Collectors.joining(" | "));
  }

  /** {@code `DecodingBenchmark.value` | kind=PROFILE}. */
  private static String work(JsonNode result) {
    String name = result.path("benchmark").asText();
    int method = name.lastIndexOf('.');
    String shortName = name.substring(name.lastIndexOf('.', method - 1) + 1);
    String parameters =
        result.path("params").properties().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue().asText())
            .collect(Collectors.joining(", "));
    return "`" + shortName + "` | " + parameters;
  }

  private static String figures(JsonNode result) {
    JsonNode metric = result.path("primaryMetric");
    String unit = metric.path("scoreUnit").asText();
    String figures =
        result.path("mode").asText().equals("sample")
            ? time(metric.path("scorePercentiles").path("50.0").asDouble(), unit)
                + " / "
                + time(metric.path("scorePercentiles").path("99.0").asDouble(), unit)
            : time(metric.path("score").asDouble(), unit);
    JsonNode allocated = result.path("secondaryMetrics").path(ALLOCATED);
    return allocated.isMissingNode()
        ? figures
        : figures + ", " + bytes(allocated.path("score").asDouble());
  }

  /** A time in the largest unit of which it is one at least; what is no time, as it is. */
  private static String time(double score, String unit) {
    Double factor = NANOS.get(unit);
    if (factor == null) {
      return threeDigits(score) + " " + unit;
    }
    double value = score * factor;
    int scale = 0;
    while (value >= 999.5 && scale < UNITS.size() - 1) {
      value /= 1000;
      scale++;
    }
    return threeDigits(value) + " " + UNITS.get(scale);
  }

  private static String bytes(double count) {
    if (count < 10_000) {
      return Math.round(count) + " B";
    }
    return count < 10e6
        ? threeDigits(count / 1024) + " KiB"
        : threeDigits(count / 1024 / 1024) + " MiB";
  }

  private static String threeDigits(double value) {
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
