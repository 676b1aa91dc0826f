package felix.datastore;

import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while etcd is being followed. */
@Timeout(120)
class EtcdRotationTest {
  private static final String NAMES = "DNS:localhost,IP:127.0.0.1";

  @TempDir Path directory;
  private Authority old;
  private Authority next;
  private Path both;
  private int counter;

  @BeforeEach
  void issue() throws IOException {
    old = new Authority(directory, "old");
    next = new Authority(directory, "next");
    both = directory.resolve("both.crt");
    Files.writeString(
        both, Files.readString(old.certificate()) + Files.readString(next.certificate()));
  }

  /** As Kubernetes mounts them: each file is a link through one link, which is swapped. */
  private void install(Path authority, Authority.Issued own) throws IOException {
    Path version = Files.createTempDirectory(directory, "version");
    Files.copy(authority, version.resolve("ca"));
    Files.copy(own.certificate(), version.resolve("cert"));
    Files.copy(own.key(), version.resolve("key"));
    Path link = directory.resolve("next-data");
    Files.createSymbolicLink(link, version);
    Files.move(
        link,
        directory.resolve("data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private EtcdSettings settings(EtcdServer etcd) {
    Path data = directory.resolve("data");
    return EtcdTlsTest.settings(
        List.of(etcd.endpoint()),
        data.resolve("ca"),
        new Authority.Issued(data.resolve("cert"), data.resolve("key")));
  }

  private void count(EtcdServer etcd) {
    etcd.put(tierPath("counter"), tier(++counter));
  }

  private void awaitAll(Watching watching) throws InterruptedException {
    watching.sink.awaitOrder("counter", counter);
    EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
    assertThat(watching.sink.snapshots()).isEqualTo(1);
  }

  private static Instant clientExpiry(Watching watching) {
    return Objects.requireNonNull(watching.security.expiries().get("client"));
  }

  private void countUntilRenewed(EtcdServer etcd, Watching watching, int renewals) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (watching.security.renewals() < renewals && System.nanoTime() < end) {
      count(etcd);
    }
    assertThat(watching.security.renewals()).isEqualTo(renewals);
  }

  @Test
  void allIsReplacedUnderLoadWithoutALostEvent() throws IOException, InterruptedException {
    install(old.certificate(), old.issue("felix", NAMES));
    try (var etcd = EtcdServer.secure(old.issue("etcd", NAMES), both)) {
      count(etcd);
      try (var watching = new Watching(settings(etcd))) {
        watching.awaitConnected();
        var expiry = clientExpiry(watching);
        install(both, next.issue("felix", NAMES, 700));
        countUntilRenewed(etcd, watching, 1);
        awaitAll(watching);

        assertThat(clientExpiry(watching)).isAfter(expiry);
        etcd.kill();
        watching.awaitLost();
        etcd.startAgain(next.issue("etcd", NAMES), next.certificate());
        count(etcd);
        awaitAll(watching);
      }
    }
  }

  @Test
  void anExpiredCertificateIsReplacedWithoutARestart() throws IOException, InterruptedException {
    install(old.certificate(), old.issue("felix", NAMES, -1));
    try (var etcd = EtcdServer.secure(old.issue("etcd", NAMES), both)) {
      count(etcd);
      try (var watching = new Watching(settings(etcd))) {
        watching.sink.await("the files were read", () -> !watching.security.expiries().isEmpty());
        assertThat(watching.sink.snapshots()).isZero();
        install(old.certificate(), old.issue("felix", NAMES));
        awaitAll(watching);
      }
    }
  }

  @Test
  void oldOnesStayWhileNewOnesAreNotTaken() throws IOException, InterruptedException {
    var own = old.issue("felix", NAMES);
    var server = old.issue("etcd", NAMES);
    install(old.certificate(), own);
    try (var etcd = EtcdServer.secure(server, both)) {
      count(etcd);
      try (var watching = new Watching(settings(etcd))) {
        watching.awaitConnected();
        var expiry = clientExpiry(watching);
        var following = old.issue("felix", NAMES, 800);
        // Etcd does not show a certificate of this authority yet.
        install(next.certificate(), following);
        watching.sink.await("the files were read", () -> !expiry.equals(clientExpiry(watching)));
        for (int i = 0; i < 200; i++) {
          count(etcd);
        }
        awaitAll(watching);
        assertThat(watching.status().isConnected()).isTrue();
        assertThat(watching.security.renewals()).isZero();

        install(both, following);
        countUntilRenewed(etcd, watching, 1);
        awaitAll(watching);
      }
    }
  }

  @Test
  void aHalfReplacedSetIsNotUsed() throws IOException, InterruptedException {
    install(old.certificate(), old.issue("felix", NAMES));
    try (var etcd = EtcdServer.secure(old.issue("etcd", NAMES), both)) {
      count(etcd);
      try (var watching = new Watching(settings(etcd))) {
        watching.awaitConnected();
        var following = old.issue("felix", NAMES, 800);
        Path data = directory.resolve("data");
        Files.copy(following.key(), data.resolve("key"), StandardCopyOption.REPLACE_EXISTING);
        for (int i = 0; i < 200; i++) {
          count(etcd);
        }
        awaitAll(watching);
        assertThat(watching.security.renewals()).isZero();
        assertThat(watching.status().isConnected()).isTrue();

        Files.copy(
            following.certificate(), data.resolve("cert"), StandardCopyOption.REPLACE_EXISTING);
        countUntilRenewed(etcd, watching, 1);
        awaitAll(watching);
      }
    }
  }
}
