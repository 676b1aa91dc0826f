package felix.datastore;

import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behind {@code etcd grpc-proxy}, which makes one watch of equal ones. */
@Timeout(120)
class EtcdProxyTest {
  private EtcdServer etcd;
  private Process proxy;
  private int port;

  @BeforeEach
  void start() throws IOException {
    etcd = new EtcdServer();
    etcd.put(tierPath("counter"), tier(1));
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    proxy =
        new ProcessBuilder(
                "etcd",
                "grpc-proxy",
                "start",
                "--endpoints=" + etcd.endpoint(),
                "--listen-addr=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.destroyForcibly().onExit().join();
    etcd.close();
  }

  @Test
  void followsAWatchThatIsSharedWithOthers() throws InterruptedException {
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
}
