package felix.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.http.SmallServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private static final MetricsOptions EVERYTHING = new MetricsOptions("here", true, true);

  @Test
  void listensNowhereIfItsHostIsUnknown() {
    var unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 0);

    assertThatThrownBy(
            () -> MetricsServer.start(unknown, SmallServer.Layer.PLAIN, EVERYTHING, Metrics::none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere.invalid");
  }

  @Test
  void servesTextThatPrometheusReads() throws IOException, InterruptedException {
    try (var server = start(EVERYTHING)) {
      var answer = get(server, "/metrics");

      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(answer.body().lines())
          .contains(
              "# TYPE felix_host gauge",
              "felix_host{host=\"here\"} 1",
              "felix_resync_state 0",
              "felix_iptables_restore_calls 0",
              "felix_int_dataplane_apply_time_seconds{quantile=\"0.99\"} NaN",
              "felix_int_dataplane_apply_time_seconds_count 0",
              "felix_int_dataplane_messages{type=\"IPSetDeltaUpdate\"} 0",
              "felix_rpf_interfaces{verdict=\"refused\"} 0",
              "promhttp_metric_handler_requests_in_flight 1");
    }
  }

  @Test
  void countsItsOwnScrapes() throws IOException, InterruptedException {
    try (var server = start(EVERYTHING)) {
      get(server, "/metrics");

      assertThat(get(server, "/metrics").body())
          .contains("promhttp_metric_handler_requests_total{code=\"200\"} 1\n");
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void tellsOfProcessAndRuntimeOnlyIfItShould() throws IOException, InterruptedException {
    try (var server = start(new MetricsOptions("here", false, false))) {
      assertThat(get(server, "/metrics").body())
          .contains("felix_host")
          .doesNotContain("process_", "jvm_");
    }
    try (var server = start(EVERYTHING)) {
      assertThat(get(server, "/metrics").body())
          .containsPattern("process_resident_memory_bytes [1-9]\\d{6,}\n")
          .containsPattern("process_start_time_seconds 1[.\\d]+E9\n")
          .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"} [1-9]")
          .doesNotContainPattern("process_.* NaN");
    }
  }

  private static MetricsServer start(MetricsOptions options) throws IOException {
    return MetricsServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        SmallServer.Layer.PLAIN,
        options,
        Metrics::none);
  }

  private static HttpResponse<String> get(MetricsServer server, String path)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
