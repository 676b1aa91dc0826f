package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.lab.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Status goes over the watcher's connection. Against a real etcd. */
@Timeout(120)
class SharedConnectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String KEY = "/calico/felix/v2/no-region/host/node1/status";

  private EtcdServer etcd;
  private EtcdConnector connector;
  private StatusStore store;

  @BeforeEach
  void start() throws IOException {
    etcd = new EtcdServer();
    etcd.put("x", "waits until it answers");
    connector = new EtcdConnector(new EtcdSettings(List.of(etcd.endpoint())));
    store = connector.statusStore();
  }

  @AfterEach
  void stop() throws IOException {
    connector.close();
    etcd.close();
  }

  @Test
  void withoutAConnectionNothingIsWrittenAndNoneIsMade() {
    assertThatThrownBy(() -> store.put(KEY, "a", Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no connection to etcd");
  }

  @Test
  void hostHasOneConnectionForAllThatItReadsAndWrites() throws Exception {
    connector.connection().head();
    long before = connections();
    store.put(KEY, "a", Duration.ofSeconds(30));
    store.delete(KEY);
    assertThat(store.list(KEY)).isEmpty();
    assertThat(connections()).isEqualTo(before);
  }

  @Test
  void statusGoesOnOverTheConnectionThatFollows() throws Exception {
    EtcdConnection first = connector.connection();
    store.put(KEY, "a", Duration.ZERO);
    connector.close();
    assertThatThrownBy(first::head).isInstanceOf(EtcdFailure.class);
    assertThatThrownBy(() -> store.list(KEY)).isInstanceOf(IOException.class);
    connector.connection();
    assertThat(store.list(KEY)).containsEntry(KEY, "a");
  }

  @Test
  void statusGivesUpSoonerThanTheWatcher() throws Exception {
    connector.connection().head();
    etcd.freeze();
    try {
      assertThatThrownBy(() -> store.put(KEY, "a", Duration.ZERO)).hasMessage("no answer in 2 s");
    } finally {
      etcd.thaw();
    }
    Await.until("the watcher's connection is the same", LIMIT, () -> answers(connector));
  }

  private static boolean answers(EtcdConnector connector) {
    try {
      connector.connection().head();
      return true;
    } catch (EtcdFailure | InterruptedException e) {
      return false;
    }
  }

  /** How many there are to etcd's port, as the kernel says. */
  private long connections() throws IOException {
    String port = ":%04X 01".formatted(etcd.port());
    try (var lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines.filter(line -> line.contains(port)).count();
    }
  }
}
