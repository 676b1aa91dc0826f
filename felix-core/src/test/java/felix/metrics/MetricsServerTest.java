package felix.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  @Test
  void listensNowhereIfItsHostIsUnknown() {
    var unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
    var metrics = new Metrics(() -> 0, () -> 0, Map::of);

    assertThatThrownBy(() -> MetricsServer.start(unknown, metrics))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere.invalid");
  }

  @Test
  void servesWhatTheAgentCounts() throws IOException, InterruptedException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var metrics = new Metrics(() -> 3, () -> 2, () -> Map.of("filter 4", 7L));
    try (var server = MetricsServer.start(address, metrics);
        var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
      var answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body().lines())
          .contains(
              "felix_quarantined_resources 3.0",
              "felix_datastore_listings_total 2.0",
              "felix_kernel_writes_total{driver=\"filter 4\"} 7.0");
    }
  }
}
