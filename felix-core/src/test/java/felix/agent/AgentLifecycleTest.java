package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.datastore.EtcdServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged agent as a process, on an empty host. */
@Tag("netns")
@Timeout(180)
class AgentLifecycleTest {
  private static final Path LAUNCHER = Path.of("../bin/calico-felix").toAbsolutePath().normalize();
  private static final Path LOG = Path.of("target/lifecycle.log").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final String GAUGE = "felix_quarantined_resources ";
  private static final int HEALTH_PORT = 9099;
  private static final int METRICS_PORT = 9091;

  private EtcdServer etcd;
  private HttpClient client;
  private Process agent;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    emptyTheTables();
    client = HttpClient.newHttpClient();
    etcd = new EtcdServer();
    etcd.put(
        "felixconfigurations/default",
        "{\"kind\":\"FelixConfiguration\",\"spec\":{\"logSeverityScreen\":\"Info\"}}");
    agent = launch(etcd.endpoint().toString());
  }

  @AfterEach
  void stop() throws IOException {
    agent.destroyForcibly().onExit().join();
    etcd.close();
    client.close();
  }

  @Test
  void touchesNothingUntilTheDatastoreIsReady() throws IOException {
    setReady(false);
    await("it is live", () -> status("/liveness") == 200);
    assertThat(status("/readiness")).isEqualTo(503);
    assertThat(rules()).doesNotContain("cali-");

    setReady(true);
    await("it is ready", () -> status("/readiness") == 200);
    assertThat(rules()).contains("cali-");
  }

  @Test
  void leavesTheKernelAsItIsWhenItEnds() throws IOException {
    becomeReady();
    String before = rules();
    agent.destroy();

    assertThat(exitValue()).isEqualTo(1);
    assertThat(rules()).isEqualTo(before);
  }

  @Test
  void endsToBeStartedAnewWhenASettingChanges() {
    becomeReady();
    etcd.put(
        "felixconfigurations/default",
        "{\"kind\":\"FelixConfiguration\",\"spec\":{\"logSeverityScreen\":\"INFO\","
            + "\"chainInsertMode\":\"Append\"}}");

    assertThat(exitValue()).isEqualTo(129);
  }

  /** A restart too many cuts nothing, but an agent that restarts for ever helps nobody. */
  @Test
  void endsForNoSettingThatChangesNothing() {
    becomeReady();
    etcd.put("felixconfigurations/default", configuration("\"logSeverityScreen\": \"debug\""));
    etcd.put(
        "felixconfigurations/default", configuration("\"unknown\": 1, \"healthEnabled\": false"));
    etcd.put("felixconfigurations/default", configuration("\"wireguardEnabled\": true"));
    etcd.put("felixconfigurations/default", configuration("\"reportingInterval\": 5"));
    etcd.put("felixconfigurations/default", configuration("\"chainInsertMode\": \"Prepend\""));
    await("the last of them is refused", () -> log().contains("\"Prepend\", which is not"));
    assertThat(agent.isAlive()).isTrue();

    etcd.put("felixconfigurations/default", configuration("\"chainInsertMode\": \"Append\""));
    assertThat(exitValue()).isEqualTo(129);
  }

  private static String configuration(String fields) {
    return "{\"kind\":\"FelixConfiguration\",\"spec\":{" + fields + "}}";
  }

  @Test
  void endsToBeStartedAnewOnSighup() throws IOException, InterruptedException {
    becomeReady();
    new ProcessBuilder("kill", "-HUP", Long.toString(agent.pid())).start().waitFor();

    assertThat(exitValue()).isEqualTo(129);
  }

  private int exitValue() {
    return agent.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
  }

  @Test
  void staysUpWhateverTheDatastoreHolds() {
    becomeReady();
    String deep = "(".repeat(10_000) + "all()" + ")".repeat(10_000);
    String wide = "a in {" + "'x',".repeat(200_000) + "'x'}";
    etcd.put("networkpolicies/default/default.broken", "{\"spec\":");
    etcd.put("networkpolicies/default/default.nested", "[".repeat(100_000));
    etcd.put("networkpolicies/default/default.deep", policy(deep));
    etcd.put("networkpolicies/default/default.wide", policy(wide));
    etcd.put("globalnetworksets/bad", "{\"spec\":{\"nets\":[\"10.0.0.0/99\"]}}");
    await("bad resources are counted", () -> quarantined() >= 3);

    etcd.put("networkpolicies/default/default.broken", policy("all()"));
    etcd.delete("networkpolicies/default/default.nested");
    etcd.delete("globalnetworksets/bad");
    await("healed resources are not", () -> quarantined() <= 2);
    assertThat(status("/readiness")).isEqualTo(200);
    assertThat(agent.isAlive()).isTrue();
  }

  @Test
  void refusesToRunWithoutTheEncryptionItIsAskedFor() throws IOException, InterruptedException {
    agent.destroyForcibly().onExit().join();
    Process refused = launch("https://127.0.0.1:1");

    assertThat(refused.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(78);
  }

  private static String policy(String selector) {
    return "{\"kind\":\"NetworkPolicy\",\"spec\":{\"selector\":\"" + selector + "\"}}";
  }

  private void becomeReady() {
    setReady(true);
    await("it is ready", () -> status("/readiness") == 200);
  }

  private void setReady(boolean ready) {
    etcd.put(
        "clusterinformations/default",
        "{\"kind\":\"ClusterInformation\",\"spec\":{\"datastoreReady\":" + ready + "}}");
  }

  private Process launch(String endpoint) throws IOException {
    var builder =
        new ProcessBuilder("sh", "-c", "exec " + LAUNCHER)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    var environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("FELIX_FELIXHOSTNAME", "node1");
    environment.put("FELIX_ETCDENDPOINTS", endpoint);
    environment.put("FELIX_HEALTHENABLED", "true");
    environment.put("FELIX_PROMETHEUSMETRICSENABLED", "true");
    environment.put("FELIX_IGNORELOOSERPF", "true");
    environment.put("FELIX_LOGFILEPATH", "none");
    environment.put("FELIX_LOGSEVERITYSYS", "none");
    return builder.start();
  }

  /** Negative if the agent does not say. */
  private double quarantined() {
    return ask(METRICS_PORT, "/metrics")
        .map(HttpResponse::body)
        .flatMap(text -> text.lines().filter(l -> l.startsWith(GAUGE)).findFirst())
        .map(line -> Double.parseDouble(line.substring(GAUGE.length())))
        .orElse(-1.0);
  }

  /** Negative if nobody answers. */
  private int status(String path) {
    return ask(HEALTH_PORT, path).map(HttpResponse::statusCode).orElse(-1);
  }

  private Optional<HttpResponse<String>> ask(int port, String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only in a namespace of the test's own. */
  private static void emptyTheTables() throws IOException, InterruptedException {
    String script =
        """
        [ "${OUTER_NETNS:?}" != "$(readlink /proc/self/ns/net)" ] || exit 1
        for table in raw mangle nat filter; do
          iptables-legacy -t $table -F && iptables-legacy -t $table -X || exit 1
        done
        """;
    assertThat(new ProcessBuilder("sh", "-c", script).start().waitFor()).isZero();
  }

  private static String log() {
    try {
      return Files.readString(LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String rules() throws IOException {
    var save = new ProcessBuilder("iptables-legacy-save").start();
    try (var out = save.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("-"))
          .collect(Collectors.joining("\n"));
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(agent.isAlive()).as("the agent runs while waiting until %s", what).isTrue();
      assertThat(System.nanoTime()).as("time until %s", what).isLessThan(end);
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
