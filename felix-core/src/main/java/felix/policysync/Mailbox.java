package felix.policysync;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands deltas from the calculation graph's thread to this package's. A delta that has not been
 * taken out is merged with the next one: memory is bounded by what there is, and nobody waits.
 * Whoever has taken a delta out, or is about to put it in, has it alone.
 */
final class Mailbox {
  private final AtomicReference<@Nullable SyncDelta> content = new AtomicReference<>();
  private final AtomicBoolean announced = new AtomicBoolean();

  /**
   * Called by one thread only.
   *
   * @param announce has {@link #take} called some time later; not called again before that
   */
  void put(SyncDelta delta, Runnable announce) {
    SyncDelta waiting = content.getAndSet(null);
    content.set(waiting == null ? delta : waiting.mergeLater(delta));
    if (announced.compareAndSet(false, true)) {
      announce.run();
    }
  }

  /** All that was put in and not taken yet; null: nothing. Called by one thread only. */
  @Nullable SyncDelta take() {
    // First, so that what comes after the content was looked at is announced.
    announced.set(false);
    return content.getAndSet(null);
  }
}
