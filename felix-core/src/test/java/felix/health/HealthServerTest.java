package felix.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private final Health health = new Health();
  private HealthServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HealthServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), health);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void isLiveButNotReadyBeforeItRuns() throws IOException, InterruptedException {
    assertThat(get("/liveness").statusCode()).isEqualTo(200);
    assertThat(get("/readiness").statusCode()).isEqualTo(503);
  }

  @Test
  void saysWhatIsWrong() throws IOException, InterruptedException {
    health.running(
        List.of(() -> Optional.of("a thread is stuck"), () -> Optional.of("this too")),
        List.of(() -> Optional.empty()));

    assertThat(get("/readiness").statusCode()).isEqualTo(200);
    assertThat(get("/liveness").statusCode()).isEqualTo(503);
    assertThat(get("/liveness").body()).isEqualTo("a thread is stuck\nthis too\n");
  }

  @Test
  void otherPathsAreNotFound() throws IOException, InterruptedException {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/livenessandmore").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
