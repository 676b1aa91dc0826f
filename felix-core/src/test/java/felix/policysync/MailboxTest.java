package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final int DELTAS = 3000;

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

  private static void take(Mailbox mailbox, Map<Object, Object> taken) {
    SyncDelta delta = mailbox.take();
    if (delta != null) {
      delta
          .policies()
          .forEach(change -> note(taken, change.key(), change.before(), change.after()));
      delta
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
