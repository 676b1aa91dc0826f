package felix.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts name no metric that there is not. */
class MonitoringFilesTest {
  private static final Path CONFIG = Path.of("../config");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:felix|process|jvm|go|promhttp)_[a-z0-9_]+");

  private static final Set<String> SERVED =
      MetricTable.all().stream()
          .flatMap(MonitoringFilesTest::series)
          .collect(Collectors.toUnmodifiableSet());

  @Test
  void dashboardAsksOnlyForMetricsThatAreServed() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(CONFIG.resolve("grafana/felix.json").toFile());

    var names = names(dashboard);
    assertThat(SERVED).containsAll(names);
    assertThat(names).hasSizeGreaterThan(30);
  }

  @Test
  void alertsAskOnlyForMetricsThatAreServed() throws IOException {
    var names = names(yaml("prometheus/felix.rules.yml"));

    assertThat(SERVED).containsAll(names);
    assertThat(names).hasSizeGreaterThan(10);
  }

  /** As promtool would see it, which the plain build does not need to have. */
  @Test
  void everyAlertHasATestOfItsTiming() throws IOException {
    var tested = yaml("prometheus/felix.rules.test.yml").toString();
    var alerts = yaml("prometheus/felix.rules.yml").findValuesAsText("alert");

    assertThat(alerts).isNotEmpty().doesNotHaveDuplicates().allMatch(tested::contains);
  }

  @Test
  void idsOfPanelsAreDistinctAndEachHasATitle() throws IOException {
    JsonNode panels =
        new ObjectMapper().readTree(CONFIG.resolve("grafana/felix.json").toFile()).get("panels");

    assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).allMatch(panel -> !panel.get("title").asText().isBlank());
  }

  private static JsonNode yaml(String file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(CONFIG.resolve(file).toFile());
  }

  private static Set<String> names(JsonNode file) {
    var names = new TreeSet<String>();
    file.findValuesAsText("expr")
        .forEach(expr -> NAME.matcher(expr).results().map(MatchResult::group).forEach(names::add));
    return names;
  }

  private static Stream<String> series(Metric metric) {
    return switch (metric.type()) {
      case COUNTER, GAUGE -> Stream.of(metric.name());
      case SUMMARY -> Stream.of(metric.name(), metric.name() + "_sum", metric.name() + "_count");
      case HISTOGRAM ->
          Stream.of("_bucket", "_sum", "_count").map(suffix -> metric.name() + suffix);
    };
  }
}
