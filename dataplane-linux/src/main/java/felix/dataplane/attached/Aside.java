package felix.dataplane.attached;

import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects that the kernel refused to write or to remove. They are tried again together after a
 * pause that grows with every try in vain; everything else goes on meanwhile.
 */
public final class Aside<V> {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  private final LongSupplier nanoTime;
  private final Set<V> resting = new HashSet<>();
  private final Set<V> triedAgain = new HashSet<>();
  private @Nullable KernelException cause;
  private int failures;
  private long until;

  public Aside(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  public boolean contains(V object) {
    return resting.contains(object);
  }

  /** Whether something rests here and the pause is over. */
  public boolean isDue() {
    return !resting.isEmpty() && untilDue() <= 0;
  }

  /** What rests here. */
  public Set<V> objects() {
    return Collections.unmodifiableSet(resting);
  }

  /** Has everything tried again. */
  public void release() {
    triedAgain.addAll(resting);
    resting.clear();
  }

  /** Puts an object here; returns whether it is one that was not refused before. */
  public boolean put(V object, KernelException why) {
    resting.add(object);
    cause = why;
    return !triedAgain.contains(object);
  }

  /** Forgets objects with which nothing is to be done any more; before a try. */
  public void retainAll(Collection<V> objects) {
    resting.retainAll(objects);
  }

  /**
   * To be called when all refusals of a try are here. Those of later tries join a running pause.
   */
  public void endOfTry() {
    if (resting.isEmpty()) {
      failures = 0;
      cause = null;
      triedAgain.clear();
    } else if (failures == 0 || untilDue() <= 0) {
      failures++;
      until = nanoTime.getAsLong() + BACKOFF.delay(failures).toNanos();
    }
  }

  /** Why the last one was refused; null if nothing rests here. */
  public @Nullable KernelException cause() {
    return cause;
  }

  public Duration pause() {
    return Duration.ofNanos(Math.max(0, untilDue()));
  }

  private long untilDue() {
    return until - nanoTime.getAsLong();
  }
}
