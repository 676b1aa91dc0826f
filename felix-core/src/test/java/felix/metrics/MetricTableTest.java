package felix.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table against what is known of Felix's metrics. */
class MetricTableTest {
  private static final Map<String, Metric> BY_NAME =
      MetricTable.all().stream().collect(Collectors.toMap(Metric::name, Function.identity()));

  static Stream<FelixMetric> everyMetricOfFelixIsServedOrLeftOutForAReason() {
    return FelixMetric.all().stream();
  }

  @ParameterizedTest
  @MethodSource
  void everyMetricOfFelixIsServedOrLeftOutForAReason(FelixMetric felix) {
    if (felix.reason().isPresent()) {
      assertThat(BY_NAME).as("left out: %s", felix.reason().get()).doesNotContainKey(felix.name());
    } else {
      assertThat(BY_NAME).containsKey(felix.name());
      Metric ours = Objects.requireNonNull(BY_NAME.get(felix.name()));
      assertThat(ours.type().word()).isEqualTo(felix.type());
      assertThat(ours.labels()).isEqualTo(felix.labels());
    }
  }

  @Test
  void allOfTheVersionThatDcosHasIsServed() {
    assertThat(FelixMetric.all().stream().filter(FelixMetric::isOfTheVersionThatDcosHas))
        .filteredOn(felix -> felix.reason().isPresent())
        .extracting(FelixMetric::name)
        .containsExactly("go_*");
  }

  @Test
  void ofTheNamesOfFelixNoOtherIsAmongThem() {
    var felix = FelixMetric.all().stream().map(FelixMetric::name).toList();

    assertThat(MetricTable.ofFelix()).extracting(Metric::name).allMatch(felix::contains);
  }

  @Test
  void oursFollowPrometheusRulesForNames() {
    var ours = AgentMetrics.OURS;

    assertThat(ours)
        .allMatch(m -> m.name().matches("felix_[a-z0-9_]+"))
        .allMatch(m -> m.name().endsWith("_total") == (m.type() == MetricType.COUNTER));
  }

  @Test
  void helpIsOneSentence() {
    assertThat(MetricTable.all())
        .extracting(Metric::help)
        .allMatch(help -> help.matches("[A-Z/][^|\n]*[^.\\s]"));
  }
}
