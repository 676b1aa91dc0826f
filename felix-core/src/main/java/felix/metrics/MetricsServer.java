package felix.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executors;

/** Serves metrics as text under {@code /metrics}. */
public final class MetricsServer implements AutoCloseable {
  private final HTTPServer server;

  private MetricsServer(HTTPServer server) {
    this.server = server;
  }

  /**
   * A server that answers already.
   *
   * @param address port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static MetricsServer start(InetSocketAddress address, Metrics metrics) throws IOException {
    if (address.isUnresolved()) {
      // The library would listen on all addresses.
      throw new UnknownHostException(address.getHostString());
    }
    PrometheusRegistry registry = new PrometheusRegistry();
    metrics.register(registry);
    return new MetricsServer(
        HTTPServer.builder()
            .inetAddress(address.getAddress())
            .port(address.getPort())
            .registry(registry)
            .executorService(
                Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("metrics-http").factory()))
            .buildAndStart());
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
