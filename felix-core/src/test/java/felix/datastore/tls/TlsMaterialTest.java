package felix.datastore.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.lab.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With files as openssl writes them. */
class TlsMaterialTest {
  @TempDir static Path directory;
  private static Authority authority;

  @BeforeAll
  static void issue() throws IOException {
    authority = new Authority(directory, "ca");
  }

  private static TlsFiles files(Path ca, Path certificate, Path key) {
    return new TlsFiles(
        new TlsFile("EtcdCaFile", ca),
        Optional.of(
            new TlsFiles.Identity(
                new TlsFile("EtcdCertFile", certificate), new TlsFile("EtcdKeyFile", key))));
  }

  private static TlsMaterial read(Path ca, Path certificate, Path key) throws TlsException {
    return new TlsSource(files(ca, certificate, key)).read();
  }

  private static TlsMaterial read(Path certificate, Path key) throws TlsException {
    return read(authority.certificate(), certificate, key);
  }

  /** A certificate that vouches for itself, over a key that openssl was asked for so. */
  private static Path certificateOf(Path key) throws IOException {
    Path certificate = Files.createTempFile(directory, "own", ".crt");
    Authority.openssl(
        "req", "-x509", "-new", "-key=" + key, "-subj=/CN=felix", "-out=" + certificate);
    return certificate;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genrsa -traditional -out KEY 2048",
        "genrsa -out KEY 2048",
        "ecparam -name prime256v1 -genkey -out KEY",
        "ecparam -name secp384r1 -genkey -noout -out KEY",
        "ecparam -name secp521r1 -genkey -noout -out KEY",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY",
        "genpkey -algorithm ED25519 -out KEY"
      })
  void keysAreReadInAllForms(String command) throws IOException, TlsException {
    Path key = Files.createTempFile(directory, "some", ".key");
    Authority.openssl(command.replace("KEY", key.toString()).split(" ", -1));

    var identity = read(certificateOf(key), key).identity().orElseThrow();

    assertThat(identity.chain()).hasSize(1);
    assertThat(identity.toString()).isEqualTo("CN=felix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genrsa -traditional -aes128 -passout pass:secret -out KEY 2048",
        "genrsa -aes128 -passout pass:secret -out KEY 2048"
      })
  void encryptedKeysAreRefused(String command) throws IOException {
    Path key = directory.resolve("encrypted.key");
    Authority.openssl(command.replace("KEY", key.toString()).split(" ", -1));
    var own = authority.issue("felix", "DNS:felix");

    assertThatThrownBy(() -> read(own.certificate(), key))
        .isInstanceOf(TlsException.class)
        .hasMessage("EtcdKeyFile %s is encrypted; a key without a passphrase is needed", key);
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    var one = authority.issue("felix", "DNS:felix");
    var other = authority.issue("felix", "DNS:felix");

    assertThatThrownBy(() -> read(one.certificate(), other.key()))
        .hasMessage("EtcdKeyFile %s does not fit the certificate", other.key());
  }

  @Test
  void whateverIsMissingOfAFileItIsRefusedWithItsName() throws IOException {
    var own = authority.issue("felix", "DNS:felix");
    Path part = directory.resolve("part.pem");
    for (Path whole : List.of(own.certificate(), own.key(), authority.certificate())) {
      byte[] all = Files.readAllBytes(whole);
      for (int length = 0; length < all.length - 2; length += 7) {
        Files.write(part, Arrays.copyOf(all, length));
        assertThatThrownBy(
                () ->
                    read(
                        whole.equals(authority.certificate()) ? part : authority.certificate(),
                        whole.equals(own.certificate()) ? part : own.certificate(),
                        whole.equals(own.key()) ? part : own.key()))
            .as("%d bytes of %s", length, whole)
            .isInstanceOf(TlsException.class)
            .hasMessageContaining(part.toString());
      }
    }
  }

  @Test
  void filesThatAreNoneAreNamed() throws IOException {
    var own = authority.issue("felix", "DNS:felix");
    Path none = directory.resolve("none");

    assertThatThrownBy(() -> read(none, own.certificate(), own.key()))
        .hasMessage("EtcdCaFile %s does not exist", none);
    assertThatThrownBy(() -> read(directory, own.certificate(), own.key()))
        .hasMessage("EtcdCaFile %s is no file", directory);
    assertThatThrownBy(() -> read(own.key(), own.certificate(), own.key()))
        .hasMessage("EtcdCaFile %s holds no certificate in PEM", own.key());
    assertThatThrownBy(() -> read(own.certificate(), own.certificate()))
        .hasMessage("EtcdKeyFile %s holds no private key in PEM", own.certificate());
  }

  @Test
  void anAuthorityThatHasExpiredDoesNotCountBesideOthers() throws IOException, TlsException {
    Path bundle = directory.resolve("bundle.crt");
    var past = authority.issue("past", "DNS:x", -1);
    Files.writeString(
        bundle, Files.readString(past.certificate()) + Files.readString(authority.certificate()));
    var own = authority.issue("felix", "DNS:felix", 30);

    var material = read(bundle, own.certificate(), own.key());

    Instant now = Instant.now();
    assertThat(material.authorities()).hasSize(2);
    assertThat(material.authorityExpiry(now)).isAfter(now.plus(Duration.ofDays(3_000)));
    assertThat(material.identityExpiry().orElseThrow())
        .isBetween(now.plus(Duration.ofDays(29)), now.plus(Duration.ofDays(31)));
  }

  @Test
  void aChangeIsSeenOnceAndTheSameContentIsNone() throws IOException, TlsException {
    var own = authority.issue("felix", "DNS:felix");
    var other = authority.issue("felix", "DNS:felix");
    Path certificate = directory.resolve("changing.crt");
    Path key = directory.resolve("changing.key");
    Files.write(certificate, Files.readAllBytes(own.certificate()));
    Files.write(key, Files.readAllBytes(own.key()));
    var source = new TlsSource(files(authority.certificate(), certificate, key));
    source.read();
    assertThat(source.readIfChanged()).isEmpty();

    Files.write(certificate, Files.readAllBytes(own.certificate()));
    assertThat(source.readIfChanged()).isEmpty();

    Files.write(certificate, Files.readAllBytes(other.certificate()));
    assertThatThrownBy(source::readIfChanged).isInstanceOf(TlsException.class);
    assertThat(source.readIfChanged()).isEmpty();

    Files.write(key, Files.readAllBytes(other.key()));
    assertThat(source.readIfChanged()).isPresent();
    assertThat(source.readIfChanged()).isEmpty();
  }
}
