package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.AgentProcess;
import felix.lab.Authority;
import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with an etcd that speaks TLS, wants certificates, and gives few rights. */
@Tag("packets")
class SecureEtcdTest {
  private static final String URL = "https://127.0.0.1:2377";
  private static final String NAMES = "DNS:localhost,IP:127.0.0.1";
  private static final String PASSWORD = "sesame-0815";
  private static final Duration ROTATION = Duration.ofSeconds(60);
  private static final Path DOCUMENT = Path.of("../docs/etcd.md");

  @TempDir Path directory;

  @Test
  void certificatesAreReplacedWithoutALostChange() throws IOException {
    var old = new Authority(directory, "old");
    var next = new Authority(directory, "next");
    Path both = directory.resolve("both");
    Files.writeString(
        both, Files.readString(old.certificate()) + Files.readString(next.certificate()));
    install(old.certificate(), old.issue("felix", NAMES));
    try (var lab = new Lab(SecureEtcdTest.class, Backend.LEGACY)) {
      lab.load(Example.STATE);
      secure(lab, old.issue("etcd", NAMES), both);
      point(lab);
      AgentProcess agent = lab.startAgent().awaitReady();
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();

      install(both, next.issue("felix", NAMES));
      Await.until(
          "new certificates are used", ROTATION, () -> agent.log().contains("new certificates"));
      lab.etcd().put(Example.GATE, Example.gate());
      lab.awaitClosed(Example.THROUGH_GATE);

      lab.etcd().kill();
      secureAgain(lab, next.issue("etcd", NAMES), next.certificate());
      lab.etcd().delete(Example.GATE);
      lab.awaitOpen(Example.THROUGH_GATE);

      assertThat(agent.log().split("Read \\d+ keys", -1)).as("one listing").hasSize(2);
      assertThat(agent.log()).doesNotContain(PASSWORD);
      assertThat(Shell.here().run("ps -ef")).doesNotContain(PASSWORD);
      assertThat(agent.metrics()).isNotEmpty().doesNotContain(PASSWORD);
      agent.mustBeAlive();
    }
  }

  private void install(Path authority, Authority.Issued own) throws IOException {
    for (var file : new Path[] {authority, own.certificate(), own.key()}) {
      String name = file.equals(authority) ? "ca" : file.equals(own.key()) ? "key" : "cert";
      Path copy = directory.resolve(name + ".new");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, directory.resolve(name + ".pem"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void point(Lab lab) {
    lab.set("FELIX_ETCDENDPOINTS", URL);
    lab.set("ETCD_ENDPOINTS", URL);
    lab.set("ETCD_CA_CERT_FILE", directory.resolve("ca.pem").toString());
    lab.set("ETCD_CERT_FILE", directory.resolve("cert.pem").toString());
    lab.set("ETCD_KEY_FILE", directory.resolve("key.pem").toString());
    lab.set("ETCD_USERNAME", "calico-felix-node1");
    lab.set("ETCD_PASSWORD", PASSWORD);
  }

  private static void secure(Lab lab, Authority.Issued own, Path clients) throws IOException {
    lab.etcd().kill();
    start(lab, own, clients);
    var shell = lab.node().shell();
    shell.run("etcdctl user add root:root && etcdctl auth enable");
    shell.run("export ETCDCTL_USER=root:root NODE=node1 PASSWORD=" + PASSWORD + "\n" + rights());
    lab.etcd().logIn("root", "root");
  }

  private static void secureAgain(Lab lab, Authority.Issued own, Path clients) {
    start(lab, own, clients);
    lab.etcd().logIn("root", "root");
  }

  private static void start(Lab lab, Authority.Issued own, Path clients) {
    lab.etcd()
        .startAgain(
            "--listen-client-urls=http://127.0.0.1:2379," + URL,
            "--cert-file=" + own.certificate(),
            "--key-file=" + own.key(),
            "--trusted-ca-file=" + clients,
            "--client-cert-auth");
  }

  private static String rights() throws IOException {
    var script = Pattern.compile("(?s)```sh\\n(.*?)```").matcher(Files.readString(DOCUMENT));
    assertThat(script.find()).isTrue();
    return script.group(1);
  }
}
