package felix.datastore;

import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.datastore.tls.TlsFile;
import felix.datastore.tls.TlsFiles;
import felix.lab.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real etcd that wants certificates and shows its own. */
@Timeout(120)
class EtcdTlsTest {
  private static final String ALL_NAMES = "DNS:localhost,IP:127.0.0.1,IP:::1";

  @TempDir static Path directory;
  private static Authority ours;
  private static Authority others;
  private static Authority.Issued client;
  private static Authority.Issued server;

  @BeforeAll
  static void issue() throws IOException {
    ours = new Authority(directory, "ours");
    others = new Authority(directory, "others");
    client = ours.issue("felix", "DNS:felix");
    server = ours.issue("etcd", ALL_NAMES);
  }

  static EtcdSettings settings(List<URI> endpoints, Path authority, Authority.Issued own) {
    var identity =
        new TlsFiles.Identity(
            new TlsFile("EtcdCertFile", own.certificate()), new TlsFile("EtcdKeyFile", own.key()));
    return new EtcdSettings(
        new EtcdMembers.Listed(endpoints),
        Optional.of(new TlsFiles(new TlsFile("EtcdCaFile", authority), Optional.of(identity))),
        Optional.empty());
  }

  private static EtcdSettings settings(URI... endpoints) {
    return settings(List.of(endpoints), ours.certificate(), client);
  }

  /** With the patience that a busy machine needs. */
  private static EtcdHead head(EtcdSettings settings) throws InterruptedException {
    return head(settings, Duration.ofSeconds(30));
  }

  private static EtcdHead head(EtcdSettings settings, Duration limit) throws InterruptedException {
    var usual = WatchLimits.DEFAULT;
    var limits =
        new WatchLimits(
            limit, usual.silence(), usual.longestSilence(), usual.steady(), usual.look());
    try (var connector = new EtcdConnector(settings, limits)) {
      return connector.connection().head();
    }
  }

  @Test
  void followsByAddressesAndByName() throws IOException, InterruptedException {
    try (var etcd = EtcdServer.secure(server, ours.certificate())) {
      for (URI endpoint : List.of(etcd.endpoint(), etcd.endpointV6(), etcd.endpointByName())) {
        try (var watching = new Watching(settings(endpoint))) {
          watching.awaitConnected();
          etcd.put(tierPath("counter"), tier(endpoint.getHost().length()));
          watching.sink.awaitOrder("counter", endpoint.getHost().length());

          assertThat(watching.security.isInsecure()).isFalse();
          assertThat(watching.security.expiries()).containsOnlyKeys("ca", "client");
        }
      }
    }
  }

  @Test
  void refusesAnEtcdThatIsSomebodyElse() throws IOException {
    var onlyByName = ours.issue("etcd", "DNS:localhost");
    try (var etcd = EtcdServer.secure(onlyByName, ours.certificate())) {
      etcd.put(tierPath("ready"), tier(1));

      assertThatThrownBy(() -> head(settings(etcd.endpoint())))
          .isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("127.0.0.1");
      assertThatThrownBy(() -> head(settings(etcd.endpointV6()))).isInstanceOf(EtcdFailure.class);
    }
  }

  @Test
  void refusesAnEtcdThatNobodyKnownVouchesFor() throws IOException {
    var foreign = others.issue("etcd", ALL_NAMES);
    try (var etcd = EtcdServer.secure(foreign, ours.certificate())) {
      etcd.put(tierPath("ready"), tier(1));

      assertThatThrownBy(() -> head(settings(etcd.endpoint())))
          .isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("certif");
    }
  }

  @Test
  void refusesAnEtcdWhoseCertificateHasExpired() throws IOException {
    var expired = ours.issue("etcd", ALL_NAMES, -1);
    try (var etcd = EtcdServer.secure(expired, ours.certificate())) {
      etcd.put(tierPath("ready"), tier(1));

      assertThatThrownBy(() -> head(settings(etcd.endpoint())))
          .isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("NotAfter");
    }
  }

  @Test
  void saysThatEtcdDoesNotTakeOurCertificate() throws IOException {
    var foreign = others.issue("felix", "DNS:felix");
    try (var etcd = EtcdServer.secure(server, ours.certificate())) {
      etcd.put(tierPath("ready"), tier(1));

      assertThatThrownBy(
              () -> head(settings(List.of(etcd.endpoint()), ours.certificate(), foreign)))
          .isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("certificate");
    }
  }

  @Test
  void doesNotSpeakHttpToAnEtcdWithoutTls() throws IOException {
    try (var etcd = new EtcdServer()) {
      etcd.put(tierPath("ready"), tier(1));
      var https = URI.create("https://127.0.0.1:" + etcd.port());

      assertThatThrownBy(() -> head(settings(https))).isInstanceOf(EtcdFailure.class);
    }
  }

  @Test
  void gropesNotForEverInAHandshakeThatStalls() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var https = URI.create("https://127.0.0.1:" + silent.getLocalPort());

      assertThatThrownBy(() -> head(settings(https), Duration.ofSeconds(1)))
          .isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("no answer");
    }
  }

  @Test
  void usesOnlyTheMemberThatIsWhoItSays() throws IOException, InterruptedException {
    var onlyByName = ours.issue("etcd", "DNS:localhost");
    try (var right = EtcdServer.secure(server, ours.certificate());
        var wrong = EtcdServer.secure(onlyByName, ours.certificate())) {
      wrong.put(tierPath("counter"), tier(-7));
      right.put(tierPath("counter"), tier(1));
      try (var watching = new Watching(settings(wrong.endpoint(), right.endpoint()))) {
        for (int i = 2; i < 40; i++) {
          right.put(tierPath("counter"), tier(i));
          watching.sink.awaitOrder("counter", i);
        }

        assertThat(watching.status().listings()).isEqualTo(1);
      }
    }
  }

  @Test
  void waitsForFilesThatAreNotThereYet() throws IOException, InterruptedException {
    Path late = directory.resolve("late.crt");
    try (var etcd = EtcdServer.secure(server, ours.certificate())) {
      etcd.put(tierPath("counter"), tier(1));
      var settings =
          settings(
              List.of(etcd.endpoint()),
              ours.certificate(),
              new Authority.Issued(late, client.key()));
      assertThatThrownBy(() -> head(settings)).hasMessage("EtcdCertFile %s does not exist", late);
      try (var watching = new Watching(settings)) {
        Files.copy(client.certificate(), late);
        watching.sink.awaitOrder("counter", 1);
      }
    }
  }
}
