package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Curve;
import felix.lab.Dashboard;
import felix.lab.Lab;
import felix.lab.Picture;
import felix.lab.PrometheusProcess;
import felix.lab.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Debian's Prometheus watches the agent, with the alerts and the dashboard of config/. */
@Tag("packets")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path CONFIG = Path.of("../config/prometheus");
  private static final Path FACTS = Path.of("src/test/resources/felix/metrics/felix.txt");
  private static final Path PICTURE = Path.of("../docs/metrics.svg");

  /** How many changes make the load; more for a picture that shows something. */
  private static final int CHANGES = Boolean.getBoolean("felix.picture") ? 120 : 6;

  /** All starts of the agent that Prometheus must have seen for an alert: see FelixRestarts. */
  private static final int STARTS = 5;

  private Lab lab;
  private PrometheusProcess prometheus;

  @BeforeAll
  void start() {
    lab = new Lab(PrometheusTest.class, Backend.LEGACY);
    lab.load(Example.STATE);
    lab.startAgent().awaitReady();
    prometheus = new PrometheusProcess(PrometheusTest.class);
    awaitValue("up{job=\"felix\"}", 1);
  }

  @AfterAll
  void close() {
    prometheus.close();
    lab.close();
  }

  @Test
  void promtoolTakesRulesTheirTestsAndTheExample() {
    promtool("check rules felix.rules.yml");
    promtool("test rules felix.rules.test.yml");
    promtool("check config prometheus.yml");
  }

  /** Of Felix's names it dislikes that counters have no {@code _total}; of ours nothing. */
  @Test
  void promtoolFindsNothingWrongButFelixNames() throws IOException {
    Path scrape = Files.writeString(Path.of("target/scrape.txt"), lab.agent().metrics());
    var said = Shell.here().attempt("promtool check metrics < " + scrape);
    var names = facts().map(line -> line.split(" ", 2)[0]).toList();

    assertThat(said.exit()).isIn(0, 3);
    assertThat((said.out() + said.err()).lines())
        .as("of what is not Felix's")
        .filteredOn(line -> !names.contains(line.split(" ", 2)[0]))
        .isEmpty();
  }

  @Test
  void everySeriesOfTheVersionThatDcosHasCanBeAskedFor() throws IOException {
    var expected =
        facts()
            .map(line -> line.split(" ", -1))
            .filter(words -> words[3].equals("v3.14") && !words[0].equals("go_*"))
            .flatMap(words -> series(words[0], words[1]))
            .toList();

    Await.until("a scrape", LIMIT, () -> !prometheus.names().isEmpty());
    assertThat(expected).hasSizeGreaterThan(60);
    assertThat(prometheus.names()).containsAll(expected);
  }

  @Test
  void countsWhatHappens() {
    awaitValue("felix_ready", 1);
    double before = prometheus.value("felix_active_local_policies");
    lab.etcd().put(Example.GATE, Example.gate());
    awaitValue("felix_active_local_policies", before + 1);
    assertThat(prometheus.value("felix_active_local_endpoints")).isEqualTo(3);
    assertThat(prometheus.value("felix_cluster_num_hosts")).isPositive();
    assertThat(prometheus.value("felix_resync_state")).isEqualTo(3);
    assertThat(prometheus.value("sum(felix_ipsets_calico)")).isPositive();
    // counted when they are listed, which is every ten seconds
    awaitValue("felix_ipsets_total", lab.node().shell().run("ipset list -n | wc -l"));
    awaitValue("felix_iptables_rules{table=\"filter\",ip_version=\"4\"}", ownRules());
    lab.etcd().delete(Example.GATE);
    awaitValue("felix_active_local_policies", before);
  }

  @Test
  void everyPanelShowsDataAndNoAlertIsNearWhileAllIsWell() {
    awaitValue("felix_ready", 1);
    assertThat(prometheus.alerts("firing")).isEmpty();
    assertThat(prometheus.alerts("pending")).isEmpty();
    for (var panel : Dashboard.read().panels()) {
      for (var target : panel.targets()) {
        Await.until(
            panel.title() + ": " + target.expression(),
            LIMIT,
            () -> !prometheus.query(target.expression()).isEmpty());
      }
    }
  }

  /** The last: its alert ends half an hour later. */
  @Test
  @Order(Integer.MAX_VALUE)
  void alertsBeginWhenTheyShouldAndEndAgain() {
    lab.etcd().put(Example.GATE, "no JSON");
    awaitAlert("pending", "FelixQuarantine");
    lab.etcd().delete(Example.GATE);
    lab.etcd().kill();
    awaitAlert("pending", "FelixEtcdGone");
    lab.etcd().startAgain();
    Await.until("no alert", LIMIT, () -> prometheus.alerts("pending").isEmpty());

    for (int i = 1; i < STARTS; i++) {
      lab.agent().kill();
      lab.startAgent();
      String seen = "changes(process_start_time_seconds[5m])";
      double starts = i;
      Await.until(seen, LIMIT, () -> prometheus.value(seen) >= starts);
    }
    awaitAlert("firing", "FelixRestarts");
    lab.agent().awaitReady();
  }

  /** What the picture in docs/metrics.md shows. */
  @Test
  void underLoadTheDashboardShowsIt() {
    awaitValue("felix_ready", 1);
    Instant from = Instant.now();
    load();
    Instant to = Instant.now();
    double seconds = Duration.between(from, to).toSeconds() + 1.0;
    var picture = new Picture(seconds);
    for (var panel : Dashboard.read().panels()) {
      if (panel.overTime()) {
        picture.add(panel.title(), curves(panel, from, to));
      }
    }
    assertThat(picture.svg()).contains("<polyline").contains("Time to the kernel");
    if (Boolean.getBoolean("felix.picture")) {
      write(picture);
    }
  }

  /** Endpoints of other hosts and policies come and go; every now and then etcd goes, too. */
  private void load() {
    for (int i = 0; i < CHANGES; i++) {
      double revision = prometheus.value("felix_etcd_revision");
      lab.etcd().write(Map.of(endpointKey(i), endpoint(i), policyKey(i), policy(i)), List.of());
      if (i % 2 == 1) {
        lab.etcd().delete(endpointKey(i - 1));
      }
      if (i % 10 == 9) {
        lab.etcd().delete(policyKey(i - 5));
      }
      if (i % 50 == 40) {
        lab.etcd().kill();
        awaitValue("felix_etcd_connected", 0);
        lab.etcd().startAgain();
      }
      Await.until(
          "the change was scraped",
          LIMIT,
          () -> prometheus.value("felix_etcd_revision") > revision);
    }
  }

  private static String host(int i) {
    return "node" + (2 + i % 7);
  }

  private static String endpointKey(int i) {
    return Example.endpointKey("other-" + i).replace("node1-", host(i) + "-");
  }

  private static String endpoint(int i) {
    return Example.endpoint("other-" + i, "cali9", "172.29.9." + i, "02:00:00:00:09:01")
        .replace("node1", host(i));
  }

  private static String policyKey(int i) {
    return Example.GATE + i % 20;
  }

  private static String policy(int i) {
    return Example.policy(
        "gate" + i % 20,
        """
        "order": 5, "selector": "biz_type == 'bookstore'", "types": ["Ingress"],
        "ingress": [{"action": "Allow", "protocol": "UDP", "destination": {"ports": [%d]},
                     "source": {"selector": "projectcalico.org/orchestrator == 'k8s'"}}]
        """
            .formatted(1000 + i));
  }

  private List<Curve> curves(Dashboard.Panel panel, Instant from, Instant to) {
    var curves = new ArrayList<Curve>();
    for (var target : panel.targets()) {
      prometheus
          .range(target.expression(), from, to)
          .forEach(curve -> curves.add(curve.under(target.legend())));
    }
    return curves;
  }

  private static void write(Picture picture) {
    try {
      Files.writeString(PICTURE, picture.svg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String ownRules() {
    return lab.node().shell().run("iptables-legacy-save -t filter | grep -c '^-A .*cali:'");
  }

  private void awaitValue(String expression, String value) {
    awaitValue(expression, Double.parseDouble(value.strip()));
  }

  private void awaitValue(String expression, double value) {
    Await.until(expression + " is " + value, LIMIT, () -> prometheus.value(expression) == value);
  }

  private void awaitAlert(String state, String name) {
    Await.until(name + " is " + state, LIMIT, () -> prometheus.alerts(state).contains(name));
  }

  private static void promtool(String command) {
    Shell.here().run("cd " + CONFIG.toAbsolutePath() + " && promtool " + command);
  }

  private static Stream<String> facts() throws IOException {
    return Files.readAllLines(FACTS).stream().filter(line -> !line.startsWith("#"));
  }

  private static Stream<String> series(String name, String type) {
    return switch (type) {
      case "summary" -> Stream.of(name, name + "_sum", name + "_count");
      case "histogram" -> Stream.of(name + "_bucket", name + "_sum", name + "_count");
      default -> Stream.of(name);
    };
  }
}
