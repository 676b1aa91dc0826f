package felix.datastore;

import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.lab.Authority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Behind {@code etcd grpc-proxy}, which makes one watch of equal ones. */
@Timeout(120)
class EtcdProxyTest {
  private static final String NAMES = "DNS:localhost,IP:127.0.0.1";

  @TempDir Path directory;
  private EtcdServer etcd;
  private Process proxy;
  private final int port = EtcdServer.freePort();

  @BeforeEach
  void start() throws IOException {
    start(new EtcdServer());
  }

  private void start(EtcdServer behind, String... options) throws IOException {
    etcd = behind;
    etcd.put(tierPath("counter"), tier(1));
    proxy = launch(options);
  }

  private Process launch(String... options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "etcd",
                "grpc-proxy",
                "start",
                "--data-dir=" + directory,
                "--endpoints=" + etcd.endpoint(),
                "--listen-addr=127.0.0.1:" + port));
    command.addAll(Arrays.asList(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @AfterEach
  void stop() throws IOException {
    kill();
    etcd.close();
  }

  private void kill() {
    proxy.destroyForcibly().onExit().join();
  }

  @Test
  void followsAWatchThatIsSharedWithOthers() throws InterruptedException, IOException {
    try (var first = new Watching(EtcdServer.endpoint(port))) {
      first.awaitConnected();
      try (var second = new Watching(EtcdServer.endpoint(port))) {
        second.awaitConnected();
        etcd.put(tierPath("counter"), tier(2));
        first.sink.awaitOrder("counter", 2);
        second.sink.awaitOrder("counter", 2);

        etcd.putAt(Collector.BLOCK_KEY, Collector.block(3));
        first.sink.awaitOrder(Collector.BLOCK, 3);
        second.sink.awaitOrder(Collector.BLOCK, 3);

        assertThat(second.status().listings()).isEqualTo(1);
      }
    }
  }

  @Test
  void goesOnWhereItWasWhenTheProxyWasStartedAgain() throws InterruptedException, IOException {
    try (var watching = new Watching(EtcdServer.endpoint(port))) {
      watching.awaitConnected();
      kill();
      watching.awaitLost();
      count(2, 300);
      proxy = launch();
      watching.sink.awaitOrder("counter", 300);

      EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void goesOnWhenEtcdBehindTheProxyWasKilled() throws InterruptedException, IOException {
    try (var watching = new Watching(EtcdServer.endpoint(port))) {
      watching.awaitConnected();
      count(2, 20);
      watching.sink.awaitOrder("counter", 20);
      etcd.kill();
      etcd.startAgain();
      count(21, 40);
      watching.sink.awaitOrder("counter", 40);

      EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void listsWhenItsPlaceWasCompactedBehindTheProxy() throws InterruptedException, IOException {
    etcd.put(tierPath("goes"), tier(1));
    try (var watching = new Watching(EtcdServer.endpoint(port))) {
      watching.sink.awaitOrder("goes", 1);
      watching.awaitConnected();
      kill();
      watching.awaitLost();
      etcd.delete(tierPath("goes"));
      count(2, 10);
      etcd.compact(etcd.put(tierPath("last"), tier(3)));
      proxy = launch();
      watching.sink.awaitOrder("last", 3);

      assertThat(watching.sink.order("goes")).isNull();
      assertThat(watching.sink.order("counter")).isEqualTo(10);
      assertThat(watching.sink.snapshots()).isEqualTo(2);
    }
  }

  @Test
  void speaksTlsToTheProxyAndTheProxyToEtcd() throws InterruptedException, IOException {
    var inner = new Authority(directory, "inner");
    var outer = new Authority(directory, "outer");
    var own = outer.issue("proxy", NAMES);
    // The proxy refuses one with a CN, which etcd would take for the user of all its clients.
    var asClient = inner.issue("", NAMES);
    stop();
    start(
        EtcdServer.secure(inner.issue("etcd", NAMES), inner.certificate()),
        "--cacert=" + inner.certificate(),
        "--cert=" + asClient.certificate(),
        "--key=" + asClient.key(),
        "--trusted-ca-file=" + outer.certificate(),
        "--cert-file=" + own.certificate(),
        "--key-file=" + own.key());
    var endpoint = List.of(URI.create("https://127.0.0.1:" + port));
    var client = outer.issue("felix", NAMES);
    try (var watching = new Watching(EtcdTlsTest.settings(endpoint, outer.certificate(), client))) {
      watching.awaitConnected();
      count(2, 20);
      watching.sink.awaitOrder("counter", 20);

      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
    try (var connector =
        new EtcdConnector(EtcdTlsTest.settings(endpoint, inner.certificate(), client))) {
      assertThatThrownBy(() -> connector.connection().head()).isInstanceOf(EtcdFailure.class);
    }
  }

  @Test
  void userAndPasswordPassThroughTheProxy() throws InterruptedException, IOException {
    var operator = new Etcdctl(etcd.endpoint());
    operator.enableAuth();
    var settings = EtcdLoginTest.settings(EtcdServer.endpoint(port), "root", "root");
    try (var watching = new Watching(settings)) {
      watching.awaitConnected();
      operator.put(KeyPath.ROOT + tierPath("counter"), tier(2));
      watching.sink.awaitOrder("counter", 2);
    }
  }

  private void count(int from, int to) {
    for (int i = from; i <= to; i++) {
      etcd.put(tierPath("counter"), tier(i));
    }
  }
}
