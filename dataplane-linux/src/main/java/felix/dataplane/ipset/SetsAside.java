package felix.dataplane.ipset;

import felix.dataplane.reconcile.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets that the kernel refuses even when each is written alone, one with more members than fit say.
 * Each is tried again after a pause of its own.
 */
final class SetsAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetsAside.class);

  /** Fewer failures may be those of a bad moment: the rules rather wait. */
  private static final int FAILURES_TO_GO_ON_WITHOUT = 3;

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  private final LongSupplier nanoTime;
  private final Map<TrackedSet, Pause> pauses = new LinkedHashMap<>();

  private static final class Pause {
    int failures;
    long until;
    Exception cause;

    Pause(Exception cause) {
      this.cause = cause;
    }
  }

  SetsAside(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isEmpty() {
    return pauses.isEmpty();
  }

  boolean contains(TrackedSet set) {
    return pauses.containsKey(set);
  }

  /** Whether the set is here and its pause is over. */
  boolean isDue(TrackedSet set) {
    Pause pause = pauses.get(set);
    return pause != null && nanoTime.getAsLong() - pause.until >= 0;
  }

  boolean anyDue() {
    return pauses.keySet().stream().anyMatch(this::isDue);
  }

  void put(TrackedSet set, Exception cause) {
    Pause pause = pauses.get(set);
    if (pause == null) {
      LOG.error("IP set {} is put aside: {}", set.name(), cause.getMessage());
      pause = new Pause(cause);
      pauses.put(set, pause);
    }
    pause.cause = cause;
    pause.failures++;
    pause.until = nanoTime.getAsLong() + BACKOFF.delay(pause.failures).toNanos();
  }

  void release(TrackedSet set) {
    if (pauses.remove(set) != null) {
      LOG.info("IP set {} is complete again", set.name());
    }
  }

  /** Lets go of all sets but these. */
  void retainAll(Collection<TrackedSet> sets) {
    pauses.keySet().retainAll(sets);
  }

  /**
   * Whether all else may go on without these: a rule can name a set that lacks members, but not one
   * that is not there.
   */
  boolean mayGoOnWithout() {
    return pauses.entrySet().stream()
        .allMatch(
            entry ->
                entry.getKey().state() != TrackedSet.State.ABSENT
                    && entry.getValue().failures >= FAILURES_TO_GO_ON_WITHOUT);
  }

  /** How long until the first pause is over. */
  Duration pause() {
    long now = nanoTime.getAsLong();
    long shortest = pauses.values().stream().mapToLong(p -> p.until - now).min().orElse(0);
    return Duration.ofNanos(Math.max(0, shortest));
  }

  /** Why one of them was refused. */
  Exception cause() {
    return pauses.values().iterator().next().cause;
  }
}
