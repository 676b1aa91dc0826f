package felix.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import felix.datastore.tls.TlsFile;
import felix.lab.Authority;
import felix.metrics.MetricsTls.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked by curl, with and without certificates. */
class MetricsTlsTest {
  private static final String NAMES = "DNS:localhost,IP:127.0.0.1";

  @TempDir private Path folder;
  private Authority ours;
  private Authority others;
  private Path certificate;
  private Path key;

  @BeforeEach
  void makeCertificates() throws IOException {
    ours = new Authority(folder, "ours");
    others = new Authority(folder, "others");
    certificate = folder.resolve("server.crt");
    key = folder.resolve("server.key");
    use(ours.issue("server", NAMES));
  }

  @ParameterizedTest
  @CsvSource({
    // with no certificate, one of ours, one of others
    "NONE, true, true, true",
    "VERIFY_IF_GIVEN, true, true, false",
    "REQUIRE_ANY, false, true, true",
    "REQUIRE_AND_VERIFY, false, true, false"
  })
  void answersWhomTheSettingAllows(
      ClientAuth clients, boolean nobody, boolean known, boolean unknown) throws IOException {
    try (var server = start(clients)) {
      assertThat(asks(server, List.of())).as("without").isEqualTo(nobody);
      assertThat(asks(server, with(ours.issue("scraper", NAMES)))).as("ours").isEqualTo(known);
      assertThat(asks(server, with(others.issue("else", NAMES)))).as("other").isEqualTo(unknown);
    }
  }

  @Test
  void newFilesCountAtOnceAndBadOnesAnswerNobody() throws IOException {
    try (var server = start(ClientAuth.NONE)) {
      assertThat(asks(server, List.of())).isTrue();

      use(others.issue("server", NAMES));
      assertThat(asks(server, List.of())).as("signed by somebody else").isFalse();
      Files.writeString(certificate, "no certificate");
      assertThat(asks(server, List.of())).isFalse();
      use(ours.issue("server", NAMES));
      assertThat(asks(server, List.of())).isTrue();
    }
  }

  private MetricsServer start(ClientAuth clients) throws IOException {
    var files =
        new MetricsTls.Files(
            new TlsFile("PrometheusMetricsCertFile", certificate),
            new TlsFile("PrometheusMetricsKeyFile", key),
            Optional.of(new TlsFile("PrometheusMetricsCAFile", ours.certificate())),
            clients);
    return MetricsServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new MetricsTls(files),
        new MetricsOptions("here", true, true),
        Metrics::none);
  }

  private void use(Authority.Issued issued) throws IOException {
    Files.copy(issued.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(issued.key(), key, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> with(Authority.Issued issued) {
    return List.of("--cert", issued.certificate().toString(), "--key", issued.key().toString());
  }

  private boolean asks(MetricsServer server, List<String> options) throws IOException {
    var command = new ArrayList<>(List.of("curl", "-q", "-s", "--noproxy", "*", "-m", "20"));
    command.addAll(List.of("--cacert", ours.certificate().toString()));
    command.addAll(options);
    command.add("https://localhost:" + server.port() + "/metrics");
    Process curl = new ProcessBuilder(command).start();
    return new String(curl.getInputStream().readAllBytes(), UTF_8).contains("felix_host");
  }
}
