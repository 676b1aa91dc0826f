package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.model.Labels;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final int DELTAS = 3000;
  private static final int ROUNDS = 20_000;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void nothingIsLostOrDoneTwiceBetweenTwoThreads() throws ExecutionException, InterruptedException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var mailbox = new Mailbox();
    Map<Object, Object> taken = new HashMap<>();
    RandomHost last = RandomHost.EMPTY;
    try (var reader = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < DELTAS; i++) {
        RandomHost next = RandomHost.next(random);
        mailbox.put(next.since(last), () -> reader.execute(() -> take(mailbox, taken)));
        last = next;
      }
      Future<?> lastLook = reader.submit(() -> {});
      lastLook.get();
    }
    Map<Object, Object> expected = new HashMap<>(last.policies());
    expected.putAll(last.workloads());

    assertThat(taken).as("seed " + seed).isEqualTo(expected);
  }

  /** A lost announcement shows as a delta that nobody takes. */
  @Test
  void whatIsPutInWhileAnotherIsTakenOutIsAnnounced() {
    var mailbox = new Mailbox();
    var count = new AtomicInteger();
    Runnable taking =
        () -> {
          SyncDelta delta = mailbox.take();
          count.addAndGet(delta == null ? 0 : delta.local().profileLabels().size());
        };
    int sent = 0;
    try (var reader = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 3; i++) {
          mailbox.put(labelled("kns." + sent++), () -> reader.execute(taking));
        }
        int all = sent;
        Await.until("all is taken, of round " + round, LIMIT, () -> spinUntil(count, all));
      }
    }
  }

  private static boolean spinUntil(AtomicInteger count, int all) {
    for (int i = 0; i < 100_000 && count.get() < all; i++) {
      Thread.onSpinWait();
    }
    return count.get() == all;
  }

  private static SyncDelta labelled(String profile) {
    var delta = RandomHost.EMPTY.since(RandomHost.EMPTY);
    delta
        .local()
        .profileLabels()
        .record(new ProfileLabelsKey(profile), null, new ProfileLabels(Labels.NONE));
    return delta;
  }

  private static void take(Mailbox mailbox, Map<Object, Object> taken) {
    SyncDelta delta = mailbox.take();
    if (delta != null) {
      delta
          .local()
          .policies()
          .forEach(change -> note(taken, change.key(), change.before(), change.after()));
      delta
          .local()
          .workloads()
          .forEach(change -> note(taken, change.key(), change.before(), change.after()));
    }
  }

  private static void note(
      Map<Object, Object> taken, Object key, @Nullable Object before, @Nullable Object after) {
    assertThat(taken.get(key)).isEqualTo(before);
    if (after == null) {
      taken.remove(key);
    } else {
      taken.put(key, after);
    }
  }
}
