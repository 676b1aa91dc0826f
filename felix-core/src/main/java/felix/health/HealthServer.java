package felix.health;

import felix.http.Answer;
import felix.http.SmallServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers {@code /liveness} and {@code /readiness}: 200, or 503 and what is wrong, a line each;
 * then how each part fares.
 */
public final class HealthServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final SmallServer server;

  private HealthServer(SmallServer server) {
    this.server = server;
  }

  /**
   * A server that answers already.
   *
   * @param address port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static HealthServer start(InetSocketAddress address, Health health) throws IOException {
    return new HealthServer(
        SmallServer.start(
            "health-http", address, SmallServer.Layer.PLAIN, path -> site(path, health)));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Answer site(String path, Health health) {
    return switch (path) {
      case "/liveness" -> {
        HealthReport report = health.look();
        yield answer(report.notLive(), report.details());
      }
      case "/readiness" -> {
        HealthReport report = health.look();
        yield answer(report.notReady(), report.details());
      }
      default -> Answer.notFound("/liveness and /readiness are here");
    };
  }

  private static Answer answer(List<String> problems, List<String> details) {
    var lines = new ArrayList<>(problems.isEmpty() ? List.of("ok") : problems);
    if (!details.isEmpty()) {
      lines.add("");
      lines.addAll(details);
    }
    int status = problems.isEmpty() ? Answer.OK : Answer.UNAVAILABLE;
    return new Answer(status, TEXT, String.join("\n", lines) + "\n");
  }
}
