package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.datastore.EtcdServer;
import felix.health.NotifySocket;
import felix.lab.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packaged agent says of itself, to probes and to systemd, well or stuck. */
@Tag("netns")
@Timeout(300)
class AgentHealthTest {
  private static final Path LAUNCHER = Path.of("../bin/calico-felix").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration A_WHILE = Duration.ofSeconds(3);
  private static final URI HEALTH = URI.create("http://127.0.0.1:9099/");

  @TempDir Path folder;
  private EtcdServer etcd;
  private NotifySocket systemd;
  private HttpClient client;
  private final List<Process> agents = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    client = HttpClient.newHttpClient();
    etcd = new EtcdServer();
    systemd = new NotifySocket(folder.resolve("notify"));
  }

  @AfterEach
  void stop() throws IOException {
    agents.forEach(agent -> agent.destroyForcibly().onExit().join());
    systemd.close();
    etcd.close();
    client.close();
  }

  @Test
  void systemdIsToldFromTheStartToTheEnd() throws IOException {
    setReady();
    etcd.kill();
    launch(Map.of());
    Await.until("it is up", LIMIT, () -> systemd.count("READY=1") == 1);
    Await.until(
        "it says what it waits for",
        LIMIT,
        () -> systemd.count("STATUS=not ready: waiting for etcd") > 0);
    assertThat(status("liveness")).isEqualTo(200);
    assertThat(status("readiness")).isEqualTo(503);

    etcd.startAgain();
    Await.until("it is in sync", LIMIT, () -> systemd.count("STATUS=in sync: 0 endpoints") > 0);
    long fed = systemd.count("WATCHDOG=1");
    Await.until("the watchdog is fed", LIMIT, () -> systemd.count("WATCHDOG=1") > fed + 3);

    etcd.kill();
    Await.until("etcd is missed", LIMIT, () -> systemd.count("etcd does not answer") > 0);
    assertThat(status("readiness")).isEqualTo(200);
    agents.getLast().destroy();
    assertThat(exitValue()).isEqualTo(1);
    Await.until("the end is told", LIMIT, () -> systemd.count("STOPPING=1") == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "DebugSimulateCalcGraphHangAfter, CalculationGraph, calc-graph",
    "DebugSimulateDataplaneHangAfter, InternalDataplaneMainLoop, dataplane",
  })
  void threadThatHangsFailsLivenessAndStarvesTheWatchdog(String setting, String part, String thread)
      throws IOException {
    setReady();
    launch(Map.of("FELIX_" + setting, "8", "FELIX_HEALTHTIMEOUTOVERRIDES", part + "=3s"));
    Await.until("it is ready", LIMIT, () -> status("readiness") == 200);
    Await.until("it is not live", LIMIT, () -> status("liveness") == 503);
    assertThat(status("readiness")).isEqualTo(503);
    assertThat(body("liveness")).startsWith(part + ": thread " + thread + " made no progress for ");
    Await.until("systemd hears it", LIMIT, () -> systemd.count("STATUS=stuck: " + part) > 0);

    long fed = systemd.count("WATCHDOG=1");
    assertThat(Await.stays(A_WHILE, () -> systemd.count("WATCHDOG=1") == fed)).isTrue();
    String log = Files.readString(log());
    assertThat(log).contains("Thread " + thread + " is stuck", "felix.agent.Simulation");
    assertThat(log.split(" is stuck", -1)).hasSize(2);
  }

  @Test
  void endsAsByABugWhenAskedTo() throws IOException {
    launch(Map.of("FELIX_DEBUGPANICAFTER", "1"));
    setReady();
    assertThat(exitValue()).isEqualTo(2);
  }

  @Test
  void slowAppliesAreNotStuck() throws IOException {
    setReady();
    launch(
        Map.of(
            "FELIX_DEBUGSIMULATEDATAPLANEAPPLYDELAY", "2",
            "FELIX_HEALTHTIMEOUTOVERRIDES", "InternalDataplaneMainLoop=30s"));
    Await.until("it is ready", LIMIT, () -> status("readiness") == 200);
    assertThat(status("liveness")).isEqualTo(200);
  }

  private void launch(Map<String, String> settings) throws IOException {
    var builder =
        new ProcessBuilder("sh", "-c", "exec " + LAUNCHER)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    var environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("FELIX_FELIXHOSTNAME", "node1");
    environment.put("FELIX_ETCDENDPOINTS", etcd.endpoint().toString());
    environment.put("FELIX_HEALTHENABLED", "true");
    environment.put("FELIX_IGNORELOOSERPF", "true");
    environment.put("NOTIFY_SOCKET", systemd.path().toString());
    environment.put("WATCHDOG_USEC", "1000000");
    environment.putAll(settings);
    agents.add(builder.start());
  }

  private Path log() {
    return folder.resolve("agent.log");
  }

  private int exitValue() {
    return agents
        .getLast()
        .onExit()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join()
        .exitValue();
  }

  private void setReady() {
    etcd.put(
        "clusterinformations/default",
        "{\"kind\":\"ClusterInformation\",\"spec\":{\"datastoreReady\":true}}");
  }

  /** Negative if nobody answers. */
  private int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException e) {
      return -1;
    }
  }

  private String body(String path) throws IOException {
    return get(path).body();
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(HEALTH.resolve(path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
