package felix.datastore;

import static felix.datastore.Collector.BLOCK;
import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With an etcd, or a way to it, that fails. */
@Timeout(120)
class EtcdOutageTest {
  private EtcdServer etcd;
  private CutProxy proxy;

  @BeforeEach
  void start() throws IOException {
    etcd = new EtcdServer("--experimental-watch-progress-notify-interval=200ms");
    proxy = CutProxy.before(etcd);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    etcd.close();
  }

  @Test
  void goesOnWhereItWasWhenTheConnectionIsCut() throws InterruptedException, IOException {
    try (var watching = Watching.through(proxy)) {
      watching.awaitConnected();
      count(1, 10);
      watching.sink.awaitOrder("counter", 10);
      proxy.cut();
      watching.awaitLost();
      count(11, 20);
      proxy.mend();
      watching.sink.awaitOrder("counter", 20);

      assertNothingLost(watching);
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void losesNothingWhenCutRightAfterTheWatchWasCreated() throws InterruptedException, IOException {
    try (var watching = Watching.through(proxy)) {
      watching.awaitConnected();
      count(1, 5);
      watching.sink.awaitOrder("counter", 5);
      proxy.cut();
      watching.awaitLost();
      count(6, 905);
      // The answer that tells whether to go on, the watch's creation, and no more.
      proxy.cutNextAfter(2);
      proxy.mend();
      watching.sink.awaitOrder("counter", 905);

      assertThat(proxy.cuts()).isEqualTo(1);
      assertNothingLost(watching);
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void listsOnceWhenItsPlaceWasCompacted() throws InterruptedException, IOException {
    etcd.put(tierPath("goes"), tier(1));
    try (var watching = Watching.through(proxy)) {
      watching.sink.awaitOrder("goes", 1);
      watching.awaitConnected();
      proxy.cut();
      watching.awaitLost();
      etcd.delete(tierPath("goes"));
      count(1, 10);
      etcd.compact(etcd.put(tierPath("last"), tier(3)));
      proxy.mend();
      watching.sink.awaitOrder("last", 3);

      assertThat(watching.sink.snapshots()).isEqualTo(2);
      assertThat(watching.sink.order("goes")).isNull();
      assertThat(watching.sink.order("counter")).isEqualTo(10);
      assertThat(watching.sink.order(BLOCK)).isEqualTo(10);
    }
  }

  @Test
  void listsInsteadOfReplayingALongHistory() throws InterruptedException, IOException {
    try (var watching = Watching.through(proxy)) {
      watching.awaitConnected();
      count(1, 1);
      watching.sink.awaitOrder("counter", 1);
      proxy.cut();
      watching.awaitLost();
      count(2, 1_500);
      proxy.mend();
      watching.sink.awaitOrder("counter", 1_500);

      assertThat(watching.sink.snapshots()).isEqualTo(2);
      assertThat(watching.sink.orders("counter")).containsExactly(1_500);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/calico/ipam/v2/handle/between.the.roots",
        "/calico/felix/v2/no-region/host/before/status",
        "/registry/after"
      })
  void writesElsewhereDoNotAgeItsPlace(String key) throws InterruptedException, IOException {
    try (var watching = Watching.through(proxy)) {
      watching.awaitConnected();
      count(1, 1);
      watching.sink.awaitOrder("counter", 1);
      long elsewhere = etcd.putOutside(key);
      watching.sink.await("progress", () -> watching.status().revision() >= elsewhere);
      proxy.cut();
      watching.awaitLost();
      etcd.compact(elsewhere);
      count(2, 3);
      proxy.mend();
      watching.sink.awaitOrder("counter", 3);

      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void goesOnWhenEtcdWasKilledAndStartedAgain() throws InterruptedException, IOException {
    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      count(1, 10);
      watching.sink.awaitOrder("counter", 10);
      etcd.kill();
      watching.awaitLost();
      etcd.startAgain();
      count(11, 20);
      watching.sink.awaitOrder("counter", 20);

      assertNothingLost(watching);
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void noticesAFrozenEtcdAndGoesOnAfterwards() throws InterruptedException, IOException {
    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      count(1, 2);
      watching.sink.awaitOrder("counter", 2);
      etcd.freeze();
      watching.awaitLost();
      etcd.thaw();
      count(3, 4);
      watching.sink.awaitOrder("counter", 4);

      assertNothingLost(watching);
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void startsWhenEtcdComes() throws InterruptedException, IOException {
    etcd.kill();
    try (var watching = new Watching(etcd.endpoint())) {
      etcd.startAgain();
      count(1, 1);
      watching.sink.awaitOrder("counter", 1);
    }
  }

  @Test
  void listsWhenEtcdWentBackInTime() throws InterruptedException, IOException {
    try (var watching = Watching.through(proxy)) {
      watching.awaitConnected();
      count(1, 30);
      watching.sink.awaitOrder("counter", 30);
      restore(watching);
      etcd.put(tierPath("other"), tier(5));
      proxy.mend();
      watching.sink.awaitOrder("other", 5);

      assertThat(watching.sink.order("counter")).isNull();
      assertThat(watching.sink.order(BLOCK)).isNull();
      assertThat(watching.sink.snapshots()).isEqualTo(2);
    }
  }

  @Test
  void listsWhenAnotherHistoryHasPassedItsRevision() throws InterruptedException, IOException {
    try (var watching = Watching.through(proxy)) {
      watching.awaitConnected();
      count(1, 30);
      watching.sink.awaitOrder("counter", 30);
      restore(watching);
      for (int i = 0; i < 60; i++) {
        etcd.put(tierPath("other"), tier(i));
      }
      proxy.mend();
      watching.sink.awaitOrder("other", 59);

      assertThat(watching.sink.order("counter")).isNull();
      assertThat(watching.sink.order(BLOCK)).isNull();
      assertThat(watching.sink.snapshots()).isEqualTo(2);
    }
  }

  private void restore(Watching watching) throws InterruptedException, IOException {
    proxy.cut();
    watching.awaitLost();
    etcd.kill();
    etcd.startEmpty();
  }

  /** Writes one number after the other into one key below each root, both at one revision. */
  private void count(int from, int to) {
    for (int i = from; i <= to; i++) {
      etcd.transaction(EtcdWatcherTest.putBlock(i), EtcdWatcherTest.put("counter", i));
    }
  }

  private static void assertNothingLost(Watching watching) {
    EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
    assertThat(watching.sink.orders(BLOCK)).isEqualTo(watching.sink.orders("counter"));
  }
}
