package felix.datastore;

import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.config.Secret;
import felix.lab.Authority;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With an etcd that wants to know who asks. */
@Timeout(120)
class EtcdLoginTest {
  private static final String PASSWORD = "sesame-0815";
  private static final String COUNTER = KeyPath.ROOT + tierPath("counter");

  private EtcdServer etcd;
  private CutProxy proxy;
  private Etcdctl operator;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    start(new EtcdServer());
  }

  private void start(EtcdServer server) throws IOException, InterruptedException {
    etcd = server;
    proxy = CutProxy.before(etcd);
    operator = new Etcdctl(etcd.endpoint());
    etcd.put(tierPath("counter"), tier(1));
    operator.run("role", "add", "felix");
    grant();
    operator.run("user", "add", "felix:" + PASSWORD);
    operator.run("user", "grant-role", "felix", "felix");
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    etcd.close();
  }

  private void grant() throws IOException, InterruptedException {
    operator.run(
        "role",
        "grant-permission",
        "felix",
        "read",
        KeyPath.BLOCKS,
        JetcdConnection.text(JetcdConnection.WATCH_END));
  }

  private void revoke() throws IOException, InterruptedException {
    operator.run(
        "role",
        "revoke-permission",
        "felix",
        KeyPath.BLOCKS,
        JetcdConnection.text(JetcdConnection.WATCH_END));
  }

  static EtcdSettings settings(URI endpoint, String user, String password) {
    return new EtcdSettings(
        new EtcdMembers.Listed(List.of(endpoint)),
        Optional.empty(),
        Optional.of(new EtcdLogin(user, new Secret(password))));
  }

  private Watching watching() {
    return new Watching(settings(EtcdServer.endpoint(proxy.port()), "felix", PASSWORD));
  }

  private void count(Watching watching, int number) throws IOException, InterruptedException {
    operator.put(COUNTER, tier(number));
    watching.sink.awaitOrder("counter", number);
  }

  private void reconnect(Watching watching) throws IOException, InterruptedException {
    proxy.cut();
    watching.awaitLost();
    proxy.mend();
  }

  @Test
  void followsWhileEtcdBeginsAndCeasesToAsk() throws IOException, InterruptedException {
    try (var watching = watching()) {
      count(watching, 2);
      operator.enableAuth();
      count(watching, 3);
      reconnect(watching);
      count(watching, 4);
      operator.disableAuth();
      count(watching, 5);
      reconnect(watching);
      count(watching, 6);

      EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void asksForATokenWhenEtcdBeginsToWantOne() throws IOException, InterruptedException {
    try (var connector = new EtcdConnector(settings(etcd.endpoint(), "felix", PASSWORD))) {
      EtcdConnection connection = connector.connection();
      connection.head();
      operator.enableAuth();

      assertThat(connection.head().revision()).isPositive();
    }
  }

  @Test
  void getsAnotherTokenWhenEtcdHasForgottenIt() throws IOException, InterruptedException {
    operator.enableAuth();
    try (var watching = watching()) {
      count(watching, 2);
      etcd.kill();
      watching.awaitLost();
      etcd.startAgain();
      watching.awaitConnected();
      count(watching, 3);

      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void getsAnotherTokenWhenTheOldOneHasExpired(@TempDir Path directory)
      throws IOException, InterruptedException {
    stop();
    Path key = directory.resolve("jwt.key");
    Path open = directory.resolve("jwt.pub");
    Authority.openssl("genrsa", "-out", key.toString(), "2048");
    Authority.openssl("rsa", "-in=" + key, "-pubout", "-out=" + open);
    start(
        new EtcdServer(
            "--auth-token=jwt,pub-key=%s,priv-key=%s,sign-method=RS256,ttl=1s"
                .formatted(open, key)));
    operator.enableAuth();
    try (var connector = new EtcdConnector(settings(etcd.endpoint(), "felix", PASSWORD))) {
      EtcdConnection connection = connector.connection();
      EtcdHead before = connection.head();
      long end = System.nanoTime() + 2_500_000_000L;
      while (System.nanoTime() < end) {
        assertThat(connection.get(COUNTER, 0).head().clusterId()).isEqualTo(before.clusterId());
      }
    }
  }

  @Test
  void saysWhoIsRefusedButNotThePassword() throws IOException, InterruptedException {
    operator.enableAuth();
    try (var connector =
        new EtcdConnector(settings(etcd.endpoint(), "felix", PASSWORD + "-wrong"))) {
      assertThatThrownBy(() -> connector.connection().head())
          .isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("authentication failed")
          .hasMessageContaining("(user felix)")
          .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(PASSWORD));
    }
  }

  @Test
  void comesBackWhenThePasswordIsMended() throws IOException, InterruptedException {
    operator.run("user", "add", "late:other");
    operator.run("user", "grant-role", "late", "felix");
    operator.enableAuth();
    try (var watching = new Watching(settings(etcd.endpoint(), "late", PASSWORD))) {
      operator.script(
          "echo \"$PASSWORD\" | etcdctl user passwd --interactive=false late",
          Map.of("PASSWORD", PASSWORD));
      watching.awaitConnected();
      count(watching, 2);
    }
  }

  @Test
  void goesOnWhereItWasWhenALostRightIsGivenBack() throws IOException, InterruptedException {
    operator.enableAuth();
    try (var watching = watching()) {
      count(watching, 2);
      revoke();
      reconnect(watching);
      operator.put(COUNTER, tier(3));
      assertThatThrownBy(
              () -> {
                try (var connector =
                    new EtcdConnector(settings(etcd.endpoint(), "felix", PASSWORD))) {
                  connector.connection().get(COUNTER, 0);
                }
              })
          .hasMessageContaining("permission denied (reading " + COUNTER + ")");
      assertThat(watching.sink.order("counter")).isEqualTo(2);
      grant();
      count(watching, 4);

      EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void settingsDoNotShowThePassword() {
    assertThat(settings(etcd.endpoint(), "felix", PASSWORD).toString())
        .contains("felix")
        .doesNotContain(PASSWORD);
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
