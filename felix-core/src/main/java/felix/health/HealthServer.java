package felix.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code /liveness} and {@code /readiness}: 200, or 503 and what is wrong, a line each. How
 * long a client may take is a matter of the JVM's own properties; the launcher sets them.
 */
public final class HealthServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService threads;

  private HealthServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * A server that answers already.
   *
   * @param address port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static HealthServer start(InetSocketAddress address, Health health) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("health-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", HealthServer::notFound);
    server.createContext("/liveness", answering("/liveness", health::notLive));
    server.createContext("/readiness", answering("/readiness", health::notReady));
    server.start();
    return new HealthServer(server, threads);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpHandler answering(String path, Supplier<List<String>> problems) {
    return exchange -> {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        notFound(exchange);
        return;
      }
      List<String> found = problems.get();
      answer(exchange, found.isEmpty() ? OK : UNAVAILABLE, found.isEmpty() ? List.of("ok") : found);
    };
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    answer(exchange, NOT_FOUND, List.of("/liveness and /readiness are here"));
  }

  private static void answer(HttpExchange exchange, int status, List<String> lines)
      throws IOException {
    byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
