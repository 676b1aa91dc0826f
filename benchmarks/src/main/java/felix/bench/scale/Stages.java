package felix.bench.scale;

import felix.latency.ChangeKind;
import felix.latency.LatencyStage;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Where the time of changes of a kind goes, for an agent that says so in its metrics. */
final class Stages {
  private static final double MILLIS = 1e3;

  private final Agent agent;
  private final ChangeKind kind;
  private final Map<LatencyStage, Double> before = new EnumMap<>(LatencyStage.class);
  private final double countBefore;

  /** From now on. */
  Stages(Agent agent, ChangeKind kind) {
    this.agent = agent;
    this.kind = kind;
    countBefore = count();
    for (var stage : LatencyStage.values()) {
      before.put(stage, sum(stage).orElse(0));
    }
  }

  /** Adds the mean of the changes since then. */
  void report(String name, Figures figures) {
    double changes = count() - countBefore;
    if (changes > 0) {
      before.forEach(
          (stage, then) ->
              figures.add(
                  name + ", ms, mean of stage " + stage.word(),
                  MILLIS * (sum(stage).orElse(0) - then) / changes));
    }
  }

  private double count() {
    return metric("count", LatencyStage.TOTAL).orElse(0);
  }

  private OptionalDouble sum(LatencyStage stage) {
    return metric("sum", stage);
  }

  private OptionalDouble metric(String suffix, LatencyStage stage) {
    return agent.metric(
        "felix_change_latency_seconds_%s{stage=\"%s\",kind=\"%s\"}"
            .formatted(suffix, stage.word(), kind.word()));
  }
}
