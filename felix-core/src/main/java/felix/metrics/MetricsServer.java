package felix.metrics;

import felix.http.Answer;
import felix.http.SmallServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** Serves metrics as text under {@code /metrics}. */
public final class MetricsServer implements AutoCloseable {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PATH = "/metrics";

  private final List<Metric> table;
  private final String host;
  private final Supplier<Metrics> agent;
  private final ServerStatus status = new ServerStatus();

  /** Set once, before anybody asks. */
  private final SmallServer server;

  private MetricsServer(
      InetSocketAddress address,
      SmallServer.Layer layer,
      MetricsOptions options,
      Supplier<Metrics> agent)
      throws IOException {
    this.table = MetricTable.chosen(options);
    this.host = options.host();
    this.agent = agent;
    this.server = SmallServer.start("metrics-http", address, layer, this::site);
  }

  /**
   * A server that answers already.
   *
   * @param address port 0 for any free one
   * @param layer TLS, or nothing
   * @param agent asked at each scrape, by several threads
   * @throws IOException if it cannot listen there
   */
  public static MetricsServer start(
      InetSocketAddress address,
      SmallServer.Layer layer,
      MetricsOptions options,
      Supplier<Metrics> agent)
      throws IOException {
    return new MetricsServer(address, layer, options, agent);
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  private Answer site(String path) {
    return path.equals(PATH) ? scrape() : Answer.notFound(PATH + " is here");
  }

  private Answer scrape() {
    int code = ServerStatus.FAILED;
    status.began();
    try {
      String text = Samples.print(table, new Scrape(host, agent.get(), status));
      code = Answer.OK;
      return new Answer(code, TEXT_FORMAT, text);
    } finally {
      status.ended(code);
    }
  }
}
