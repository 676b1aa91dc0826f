package felix.datastore;

import static felix.datastore.Collector.BLOCK;
import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the rights that docs/etcd.md gives, by its own words. */
@Timeout(120)
class EtcdRoleTest {
  private static final Path DOCUMENT = Path.of("../docs/etcd.md");
  private static final String USER = "calico-felix-node1";
  private static final String PASSWORD = "sesame";
  private static final String READ = "calico-felix";
  private static final String END = JetcdConnection.text(JetcdConnection.WATCH_END);

  private EtcdServer etcd;
  private Etcdctl operator;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    etcd = new EtcdServer();
    etcd.put(tierPath("counter"), tier(1));
    operator = new Etcdctl(etcd.endpoint());
    operator.enableAuth();
    operator.script(
        script(), Map.of("NODE", "node1", "PASSWORD", PASSWORD, "ETCDCTL_USER", "root:root"));
  }

  @AfterEach
  void stop() throws IOException {
    etcd.close();
  }

  private static String script() throws IOException {
    var block =
        Pattern.compile("(?s)```sh\\n(.*?)```")
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(result -> result.group(1))
            .filter(text -> text.contains("role add"))
            .toList();
    assertThat(block).hasSize(1);
    return block.getFirst();
  }

  private EtcdConnector connector() {
    return new EtcdConnector(EtcdLoginTest.settings(etcd.endpoint(), USER, PASSWORD));
  }

  @Test
  void rightsSufficeToFollow() throws IOException, InterruptedException {
    try (var watching = new Watching(EtcdLoginTest.settings(etcd.endpoint(), USER, PASSWORD))) {
      watching.sink.awaitOrder("counter", 1);
      watching.awaitConnected();
      operator.put(KeyPath.ROOT + tierPath("counter"), tier(2));
      watching.sink.awaitOrder("counter", 2);
      operator.put(Collector.BLOCK_KEY, Collector.block(3));
      watching.sink.awaitOrder(BLOCK, 3);

      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void statusOfThisHostCanBeWrittenAndOfNoOther() throws IOException, InterruptedException {
    Etcdctl felix = operator.as(USER + ":" + PASSWORD);
    for (String prefix :
        new String[] {"/calico/felix/v2/no-region/host/", "/calico/felix/v1/host/"}) {
      felix.put(prefix + "node1/status", "{}");
      felix.run("get", "--prefix", prefix + "node1/");
      felix.run("del", prefix + "node1/status");

      assertThat(felix.isRefused("put", prefix + "node2/status", "{}")).isTrue();
      assertThat(felix.isRefused("put", prefix + "node10/status", "{}")).isTrue();
      assertThat(felix.isRefused("get", prefix + "node2/status")).isTrue();
    }
  }

  @Test
  void allElseIsRefused() throws IOException, InterruptedException {
    Etcdctl felix = operator.as(USER + ":" + PASSWORD);

    assertThat(felix.isRefused("put", KeyPath.ROOT + tierPath("counter"), tier(9))).isTrue();
    assertThat(felix.isRefused("del", KeyPath.ROOT + tierPath("counter"))).isTrue();
    assertThat(felix.isRefused("put", Collector.BLOCK_KEY, Collector.block(9))).isTrue();
    assertThat(felix.isRefused("get", "/calico/bgp/v1/global/as_num")).isTrue();
    assertThat(felix.isRefused("get", "/calico/ipam/v2/config")).isFalse();
    assertThat(felix.isRefused("get", "--prefix", "/calico/")).isTrue();
    assertThat(felix.isRefused("get", "--prefix", "/")).isTrue();
    assertThat(felix.isRefused("get", "/registry/secrets")).isTrue();
    assertThat(felix.isRefused("user", "list")).isTrue();
  }

  @Test
  void withoutBlocksNothingIsListed() throws IOException, InterruptedException {
    operator.run("role", "revoke-permission", READ, KeyPath.BLOCKS, END);
    operator.run("role", "grant-permission", READ, "read", KeyPath.ROOT, END);

    try (var connector = connector()) {
      EtcdConnection connection = connector.connection();
      assertThat(connection.page(KeyPath.ROOT, "", 10, 0).entries()).hasSize(1);
      assertThatThrownBy(() -> connection.page(KeyPath.BLOCKS, "", 10, 0))
          .hasMessageContaining("permission denied (reading " + KeyPath.BLOCKS);
    }
  }

  @Test
  void withoutResourcesNothingIsListed() throws IOException, InterruptedException {
    operator.run("role", "revoke-permission", READ, KeyPath.BLOCKS, END);
    operator.run("role", "grant-permission", READ, "read", KeyPath.BLOCKS, KeyPath.ROOT);

    try (var connector = connector()) {
      EtcdConnection connection = connector.connection();
      assertThat(connection.page(KeyPath.BLOCKS, "", 10, 0).entries()).isEmpty();
      assertThatThrownBy(() -> connection.page(KeyPath.ROOT, "", 10, 0))
          .hasMessageContaining("permission denied (reading " + KeyPath.ROOT);
    }
  }

  @Test
  void withoutWhatLiesBetweenNothingIsWatched() throws IOException, InterruptedException {
    operator.run("role", "revoke-permission", READ, KeyPath.BLOCKS, END);
    operator.run("role", "grant-permission", READ, "read", "--prefix", KeyPath.BLOCKS);
    operator.run("role", "grant-permission", READ, "read", "--prefix", KeyPath.ROOT);

    try (var connector = connector()) {
      EtcdConnection connection = connector.connection();
      assertThat(connection.page(KeyPath.BLOCKS, "", 10, 0).entries()).isEmpty();
      assertThat(connection.page(KeyPath.ROOT, "", 10, 0).entries()).hasSize(1);
      try (WatchStream stream = connection.watch(connection.head().revision())) {
        assertThatThrownBy(() -> stream.next(Duration.ofSeconds(30)))
            .isInstanceOf(EtcdFailure.class)
            .hasMessageContaining("permission denied (watching " + KeyPath.BLOCKS);
      }
    }
  }
}
