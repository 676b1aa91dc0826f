package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.model.WorkloadEndpointKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files make which sockets. */
class CredentialsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path prefix;
  private final SyncHost host = new SyncHost();

  @BeforeEach
  void start() throws IOException {
    host.start(prefix);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void whatIsInTheWayOfASocketIsReplacedAndNotFollowed() throws IOException {
    Path precious = Files.writeString(prefix.resolve("precious"), "mine");
    Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(prefix.resolve("mount/a"));
    Files.createSymbolicLink(host.socket("a"), precious);
    host.credentials("a", "web");
    host.tell(SampleDeltas.workloads("web"));

    SyncHost.awaitText(host.connect("a"), "in_sync");
    assertThat(precious).hasContent("mine");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(precious)))
        .isEqualTo("rw-------");
  }

  @Test
  void credentialsThatAreNoUseAreRefusedAndCounted() throws IOException {
    String good = "{\"Namespace\": \"default\", \"Workload\": \"web\"}";
    Map<String, String> bad =
        Map.of(
            "notjson", "{",
            "list", "[]",
            "empty", "",
            "nobody", "{}",
            "slash", "{\"Namespace\": \"default/web\", \"Workload\": \"x\"}",
            "number", "{\"Namespace\": 1, \"Workload\": \"web\"}",
            "other", "{\"UID\": \"another\", \"Namespace\": \"default\", \"Workload\": \"web\"}",
            "large", good + " ".repeat(5000),
            "..", good,
            "a b", good);
    for (var file : bad.entrySet()) {
      Files.createDirectories(prefix.resolve("mount").resolve(file.getKey()));
      Files.writeString(prefix.resolve("creds/" + file.getKey() + ".json"), file.getValue());
    }
    Files.writeString(prefix.resolve("good"), good);
    Files.createDirectories(prefix.resolve("mount/link"));
    Files.createSymbolicLink(prefix.resolve("creds/link.json"), prefix.resolve("good"));
    Files.createDirectories(prefix.resolve("creds/folder.json"));
    Files.writeString(prefix.resolve("creds/nomount.json"), good);
    Files.createDirectories(prefix.resolve("elsewhere"));
    Files.writeString(prefix.resolve("creds/linked.json"), good);
    Files.createSymbolicLink(prefix.resolve("mount/linked"), prefix.resolve("elsewhere"));
    Files.writeString(prefix.resolve("creds/ignored.yaml"), good);

    Await.until("all are refused", LIMIT, () -> host.sync().refused() == bad.size() + 4);
    host.credentials("a", "web");
    Await.until("a good one is not", LIMIT, () -> host.sync().sockets() == 1);
    assertThat(host.sync().refused()).isEqualTo(bad.size() + 4);
    assertThat(prefix.resolve("socket")).doesNotExist();
    assertThat(prefix.resolve("elsewhere")).isEmptyDirectory();
  }

  @Test
  void whereAnybodyMayWriteNobodyIsServed() throws IOException {
    Path folder = prefix.resolve("creds");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    host.credentials("a", "web");
    assertThat(Await.stays(Duration.ofSeconds(2), () -> host.sync().sockets() == 0)).isTrue();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    Await.until("it is served", LIMIT, () -> host.sync().sockets() == 1);
  }

  @Test
  void otherOrchestratorsSayWhoTheyAre() throws IOException {
    Files.createDirectories(prefix.resolve("mount/c"));
    Files.writeString(
        prefix.resolve("creds/c.json"),
        """
        {"Namespace": "default", "Workload": "c1", "Orchestrator": "cni", "Endpoint": "eth1"}
        """);
    var key = new WorkloadEndpointKey("node1", "cni", "default/c1", "eth1");
    host.tell(SampleDeltas.workloads());
    host.tell(
        SampleDeltas.delta(all -> all.workloads().record(key, null, SampleDeltas.workload())));

    SyncHost.awaitText(host.connect("c"), "orchestrator_id: \"cni\"");
  }

  @Test
  void otherCredentialsMakeAnotherSocket() throws IOException {
    host.credentials("a", "web");
    host.tell(SampleDeltas.workloads("web", "db"));
    SyncHost.awaitText(host.connect("a"), "default/web");
    Files.delete(prefix.resolve("creds/a.json"));
    host.credentials("a", "db");

    Await.until(
        "it is another's",
        LIMIT,
        () -> {
          try (var stream = new SyncStream(host.socket("a"), true)) {
            return Await.within(Duration.ofSeconds(2), () -> stream.text().contains("default/db"));
          }
        });
  }

  @Test
  void aSocketGoesWithItsCredentials() throws IOException {
    host.credentials("a", "web");
    host.tell(SampleDeltas.workloads("web"));
    var web = host.connect("a");
    SyncHost.awaitText(web, "in_sync");
    Files.delete(prefix.resolve("creds/a.json"));

    Await.until("it ends", LIMIT, web::isEnded);
    Await.until("the socket is gone", LIMIT, () -> !Files.exists(host.socket("a")));
    assertThat(host.sync().sockets()).isZero();
  }
}
