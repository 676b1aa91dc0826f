package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import felix.policysync.SyncStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program beside a workload is told by the agent. The text in {@code policysync-server.txt}
 * is what Felix v3.14 tells: {@code -Dlab.agent=FELIX -Dgolden.update=true} records it.
 */
@Tag("packets")
class PolicySyncTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path GOLDEN =
      Path.of("src/test/resources/felix/packets/policysync-server.txt");
  private static final String POLICY = Example.RESOURCES + "globalnetworkpolicies/default.books";

  @TempDir Path prefix;
  private final Lab lab = new Lab(PolicySyncTest.class, Backend.NFT);

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(prefix.resolve("creds"));
    lab.set("FELIX_POLICYSYNCPATHPREFIX", prefix.toString());
    lab.load(Example.STATE);
    lab.etcd().put(profile("kns.default"), labels("kns.default", "pcns.kind", "shop"));
    lab.etcd().put(profile("ksa.default.alice"), labels("ksa.default.alice", "pcsa.role", "web"));
    lab.etcd().put(Example.endpointKey("bookstore-server"), server());
    lab.etcd().put(POLICY, policy("/books"));
    credentials("server-uid", "bookstore-server");
    credentials("fruit-uid", "fruitstore-client");
    lab.startAgent().awaitReady();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void itIsWhatFelixTells() throws IOException {
    try (var server = connect("server-uid")) {
      awaitText(server, "in_sync");
      String told = canonical(server);
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(GOLDEN, told);
      }

      assertThat(GOLDEN).hasContent(told);
    }
  }

  @Test
  void changesArriveAtWhomTheyConcernOnly() {
    try (var server = connect("server-uid");
        var fruit = connect("fruit-uid")) {
      awaitText(server, "in_sync");
      awaitText(fruit, "in_sync");
      lab.etcd().put(POLICY, policy("/magazines"));
      awaitText(server, "/magazines");
      lab.etcd().delete(POLICY);
      awaitText(server, "active_policy_remove");
      awaitText(server, "ipset_remove");

      assertThat(fruit.text())
          .contains("fruitstore-client")
          .contains("namespace_update")
          .doesNotContain("active_policy")
          .doesNotContain("ipset")
          .doesNotContain("bookstore");
      lab.etcd().delete(Example.endpointKey("fruitstore-client"));
      Await.until("its stream ends", LIMIT, fruit::isEnded);
      assertThat(fruit.text()).contains("workload_endpoint_remove");
      assertThat(server.isEnded()).isFalse();
    }
  }

  @Test
  void afterARestartAClientIsToldTheSameAgain() {
    try (var before = connect("server-uid")) {
      awaitText(before, "in_sync");
      lab.agent().kill();
      Await.until("its stream ends", LIMIT, before::isEnded);
      lab.startAgent().awaitReady();
      Await.until(
          "a new one says the same",
          LIMIT,
          () -> {
            try (var after = connect("server-uid")) {
              return Await.within(Duration.ofSeconds(5), () -> after.isEnded() || isInSync(after))
                  && canonical(after).equals(canonical(before));
            }
          });
    }
  }

  private static boolean isInSync(SyncStream stream) {
    return stream.text().contains("in_sync");
  }

  private SyncStream connect(String uid) {
    Path socket = prefix.resolve("mount").resolve(uid).resolve("socket");
    Await.until("there is a socket", LIMIT, () -> Files.exists(socket));
    return new SyncStream(socket, true);
  }

  private static void awaitText(SyncStream stream, String text) {
    Await.until("is told " + text, LIMIT, () -> stream.text().contains(text));
  }

  /** Without the orders that mean nothing: of messages before in_sync, and of members. */
  private static String canonical(SyncStream stream) {
    return stream.messages().stream()
        .map(message -> sortedMembers(message.toString()))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String sortedMembers(String message) {
    Stream<String> lines = message.lines();
    return message.startsWith("ipset") ? lines.sorted().collect(Collectors.joining("\n")) : message;
  }

  private void credentials(String uid, String pod) throws IOException {
    Files.createDirectories(prefix.resolve("mount").resolve(uid));
    Files.writeString(
        prefix.resolve("creds/" + uid + ".json"),
        """
        {"UID":"%s","Workload":"%s","Namespace":"default","ServiceAccount":"alice"}
        """
            .formatted(uid, pod));
  }

  private static String profile(String name) {
    return Example.RESOURCES + "profiles/" + name;
  }

  private static String labels(String profile, String label, String value) {
    return """
        {"kind": "Profile", "apiVersion": "projectcalico.org/v3", "metadata": {"name": "%s"},
         "spec": {"ingress": [{"action": "Allow"}], "egress": [{"action": "Allow"}], "labelsToApply": {"%s": "%s"}}}
        """
        .formatted(profile, label, value);
  }

  private static String server() {
    return """
        {"kind": "WorkloadEndpoint", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "node1-k8s-bookstore--server-eth0", "namespace": "default",
           "labels": {"biz_type": "bookstore", "role": "server", "projectcalico.org/namespace": "default",
             "projectcalico.org/orchestrator": "k8s"}},
         "spec": {"orchestrator": "k8s", "node": "node1", "pod": "bookstore-server", "endpoint": "eth0",
           "interfaceName": "cali0000001", "mac": "02:00:00:00:00:01", "ipNetworks": ["172.29.1.1/32", "fd00:1d::1/128"],
           "ipNATs": [{"internalIP": "172.29.1.1", "externalIP": "192.0.2.1"}],
           "ports": [{"name": "http", "protocol": "TCP", "port": 80}],
           "profiles": ["kns.default", "ksa.default.alice", "missing", "calico"]}}
        """;
  }

  private static String policy(String path) {
    return """
        {"kind": "GlobalNetworkPolicy", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "default.books"},
         "spec": {"order": 5, "selector": "role == 'server'", "types": ["Ingress", "Egress"],
           "ingress": [
             {"action": "Allow", "protocol": "TCP", "metadata": {"annotations": {"owner": "books"}},
              "http": {"methods": ["GET", "HEAD"], "paths": [{"exact": "%s"}, {"prefix": "/covers"}]},
              "source": {"selector": "biz_type == 'bookstore'", "namespaceSelector": "kind == 'shop'",
                "serviceAccounts": {"names": ["alice", "bob"], "selector": "role == 'web'"}, "notSelector": "has(banned)", "notPorts": [1, "2:3"]},
              "destination": {"ports": [80, "8000:8010", "http"], "nets": ["172.29.0.0/16"]}},
             {"action": "Log", "ipVersion": 4, "protocol": "ICMP", "icmp": {"type": 8, "code": 0}},
             {"action": "Pass", "notProtocol": 17, "source": {"notNets": ["10.0.0.0/8"]}},
             {"action": "Deny", "ipVersion": 6, "protocol": "ICMPv6", "notICMP": {"type": 128},
              "source": {"notSelector": "has(role)"}}],
           "egress": [{"action": "Allow", "destination": {"nets": ["fd00:1d::/64", "0.0.0.0/0"]}}, {"action": "Deny"}]}}
        """
        .formatted(path);
  }
}
