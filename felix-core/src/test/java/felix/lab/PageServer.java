package felix.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** A real HTTP server in a workload, with one page. */
public final class PageServer implements AutoCloseable {
  private final HttpServer server;
  private final String url;

  PageServer(Workload workload, int port, String page) {
    this.url = "http://" + workload.ip() + ":" + port + "/";
    // the socket is made by the thread that is inside of the workload, and belongs to it from then
    // on
    this.server =
        Inside.namespace(
            workload.namespace(),
            () -> HttpServer.create(new InetSocketAddress(workload.ip(), port), 0));
    server.createContext(
        "/",
        exchange -> {
          var bytes = page.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          try (var body = exchange.getResponseBody()) {
            body.write(bytes);
          }
        });
    server.start();
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
