package felix.packets;

import static java.util.Objects.requireNonNull;

import felix.latency.ChangeKind;
import felix.latency.LatencyStage;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * What an agent's metrics say of the time that changes of one kind took: seconds by stage, and how
 * many changes each stage counted.
 */
record StageTimes(Map<LatencyStage, Double> seconds, Map<LatencyStage, Long> counts) {
  static StageTimes of(ChangeKind kind, String metrics) {
    var seconds = new EnumMap<LatencyStage, Double>(LatencyStage.class);
    var counts = new EnumMap<LatencyStage, Long>(LatencyStage.class);
    for (var stage : LatencyStage.values()) {
      seconds.put(stage, value("sum", stage, kind, metrics));
      counts.put(stage, (long) value("count", stage, kind, metrics));
    }
    return new StageTimes(seconds, counts);
  }

  private static double value(String suffix, LatencyStage stage, ChangeKind kind, String metrics) {
    var line =
        Pattern.compile(
            "^felix_change_latency_seconds_%s\\{stage=\"%s\",kind=\"%s\"} (\\S+)$"
                .formatted(suffix, stage.word(), kind.word()),
            Pattern.MULTILINE);
    var found = line.matcher(metrics);
    if (!found.find()) {
      throw new AssertionError("no " + line);
    }
    return Double.parseDouble(found.group(1));
  }

  long changes() {
    return requireNonNull(counts.get(LatencyStage.TOTAL));
  }

  double seconds(LatencyStage stage) {
    return requireNonNull(seconds.get(stage));
  }

  /** Of all stages that make up the way. */
  double sum() {
    return sum(this::seconds) - seconds(LatencyStage.TOTAL);
  }

  /** Of those that a packet waits for. */
  double untilServed() {
    return sum() - seconds(LatencyStage.REST);
  }

  private double sum(ToDoubleFunction<LatencyStage> figure) {
    return seconds.keySet().stream().mapToDouble(figure).sum();
  }

  StageTimes minus(StageTimes before) {
    var less = new EnumMap<>(seconds);
    less.replaceAll((stage, value) -> value - before.seconds(stage));
    var fewer = new EnumMap<>(counts);
    fewer.replaceAll((stage, value) -> value - requireNonNull(before.counts.get(stage)));
    return new StageTimes(less, fewer);
  }
}
