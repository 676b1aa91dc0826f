package felix.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A real Prometheus on the node, which scrapes its agent every second, with the alerts loaded. */
public final class PrometheusProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URL = "http://127.0.0.1:9090";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Path CONFIG = Path.of("/run/lab/prometheus.yml");

  private final Shell shell = Shell.in(Node.NAMESPACE);
  private final Process process;

  /** Starts it and waits until it answers. */
  public PrometheusProcess(Class<?> test) {
    try {
      Files.writeString(CONFIG, config());
      process =
          shell
              .process(
                  "prometheus",
                  "--config.file=" + CONFIG,
                  "--storage.tsdb.path=/run/lab/prometheus",
                  "--web.listen-address=127.0.0.1:9090",
                  "--log.level=warn")
              .redirectErrorStream(true)
              .redirectOutput(Logs.fresh(test.getSimpleName() + "-prometheus").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until("Prometheus answers", START_LIMIT, () -> get("/-/ready").exit() == 0);
  }

  /** As in config/prometheus/prometheus.yml, but more often. */
  private static String config() {
    return """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [%s]
        scrape_configs:
          - job_name: felix
            static_configs: [{targets: ['127.0.0.1:62091']}]
        """
        .formatted(Lab.ROOT.resolve("config/prometheus/felix.rules.yml"));
  }

  /** The value of an expression; NaN if there is none, or none that is a number. */
  public double value(String expression) {
    JsonNode result = query(expression);
    return result.isEmpty() ? Double.NaN : result.get(0).get("value").get(1).asDouble(Double.NaN);
  }

  /** What an expression gives now: a list with labels and a value each. */
  public JsonNode query(String expression) {
    return data("/api/v1/query?query=" + encoded(expression)).get("result");
  }

  /** What an expression gave over time. */
  public List<Curve> range(String expression, Instant from, Instant to) {
    JsonNode result =
        data("/api/v1/query_range?step=1&query=%s&start=%d&end=%d"
                .formatted(encoded(expression), from.getEpochSecond(), to.getEpochSecond()))
            .get("result");
    var curves = new ArrayList<Curve>();
    for (JsonNode series : result) {
      var points = new ArrayList<Curve.Point>();
      for (JsonNode value : series.get("values")) {
        points.add(
            new Curve.Point(
                value.get(0).asDouble() - from.getEpochSecond(),
                Double.parseDouble(value.get(1).asText().replace("Inf", "Infinity"))));
      }
      curves.add(new Curve(name(series.get("metric")), points));
    }
    return curves;
  }

  /** The names of all series that it knows. */
  public Set<String> names() {
    var names = new TreeSet<String>();
    data("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Alerts that wait for their time to come, and those that fire. */
  public List<String> alerts(String state) {
    return query("ALERTS{alertstate=\"" + state + "\"}").findValuesAsText("alertname");
  }

  private JsonNode data(String path) {
    try {
      JsonNode answer = JSON.readTree(get(path).out());
      if (!answer.path("status").asText().equals("success")) {
        throw new LabException(path + ": " + answer);
      }
      return answer.get("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shell.Output get(String path) {
    return shell.attempt("curl -q -s -g --noproxy '*' -m 10 '" + URL + path + "'");
  }

  private static String name(JsonNode labels) {
    var words = new ArrayList<String>();
    labels.properties().stream()
        .filter(label -> !Set.of("__name__", "job", "instance").contains(label.getKey()))
        .forEach(label -> words.add(label.getValue().asText()));
    return String.join(" ", words);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
