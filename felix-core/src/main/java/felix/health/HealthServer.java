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
  private static final String LIVENESS = "/liveness";
  private static final String READINESS = "/readiness";

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
            "health-http", address, SmallServer.Layer.PLAIN, path -> answer(path, health)));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Answer answer(String path, Health health) {
    return switch (path) {
      case LIVENESS -> {
        HealthReport report = health.look();
        yield answer(report.notLive(), health.details());
      }
      case READINESS -> {
        HealthReport report = health.look();
        yield answer(report.notReady(), health.details());
      }
      default -> Answer.notFound(LIVENESS + " and " + READINESS + " are here");
    };
  }

  private static Answer answer(List<String> problems, List<String> details) {
    var lines = new ArrayList<>(problems.isEmpty() ? List.of("ok") : problems);
    if (!details.isEmpty()) {
      lines.add("");
      lines.addAll(details);
    }
    return Answer.text(
        problems.isEmpty() ? Answer.OK : Answer.UNAVAILABLE, String.join("\n", lines));
  }
}
