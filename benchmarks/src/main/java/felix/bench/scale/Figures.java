package felix.bench.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was measured of one agent, by name and in order. */
final class Figures {
  private final Map<String, Double> values = new LinkedHashMap<>();

  void add(String name, double value) {
    values.put(name, value);
  }

  void add(String name, Usage usage) {
    add(name + ": memory, MiB", usage.residentMiB());
    add(name + ": peak, MiB", usage.peakMiB());
  }

  /** The median and the one that a twentieth are slower than. */
  void add(String name, List<Duration> times) {
    double[] sorted = times.stream().mapToDouble(time -> time.toNanos() / 1e6).sorted().toArray();
    if (sorted.length > 0) {
      add(name + ", ms, p50", sorted[sorted.length / 2]);
      add(name + ", ms, p95", sorted[(int) (sorted.length * 0.95)]);
    }
  }

  /** Not a number if there is none of that name. */
  double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  Set<String> names() {
    return new TreeSet<>(values.keySet());
  }

  /** A row for each figure; behind those of the first agent, what part they are of another's. */
  static String table(List<String> agents, List<Figures> all) {
    var rows = new ArrayList<String>();
    rows.add("| | " + String.join(" | ", agents) + " | ratio |");
    rows.add("|---".repeat(all.size() + 2) + "|");
    for (String name : all.getFirst().values.keySet()) {
      var row = new StringBuilder("| " + name);
      for (Figures one : all) {
        Double value = one.values.get(name);
        row.append(" | ").append(value == null ? "" : "%.4g".formatted(value));
      }
      rows.add(row + " | " + ratio(name, all) + " |");
    }
    return String.join("\n", rows);
  }

  private static String ratio(String name, List<Figures> all) {
    Double ours = all.getFirst().values.get(name);
    Double theirs = all.getLast().values.get(name);
    return all.size() < 2 || ours == null || theirs == null || theirs == 0
        ? ""
        : "%.2f".formatted(ours / theirs);
  }
}
