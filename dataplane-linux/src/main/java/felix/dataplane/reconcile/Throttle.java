package felix.dataplane.reconcile;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens that fills at a steady rate: something may be done often for a moment, but not
 * for long. Full at first. One thread.
 */
public final class Throttle {
  private final int capacity;
  private final long refillNanos;
  private final LongSupplier nanoTime;
  private int tokens;

  /** When the last of the tokens counted so far came in. */
  private long refilledAt;

  /**
   * A full bucket.
   *
   * @param refill the time in which one token comes in
   * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
   */
  public Throttle(int capacity, Duration refill, LongSupplier nanoTime) {
    if (capacity < 1 || refill.isNegative() || refill.isZero()) {
      throw new IllegalArgumentException("throttle of " + capacity + " per " + refill);
    }
    this.capacity = capacity;
    this.refillNanos = refill.toNanos();
    this.nanoTime = nanoTime;
    this.tokens = capacity;
    this.refilledAt = nanoTime.getAsLong();
  }

  /** Takes a token, if there is one. */
  public boolean tryTake() {
    fill();
    if (tokens == 0) {
      return false;
    }
    tokens--;
    return true;
  }

  /** How long until there is a token; zero if there is one. */
  public long nanosUntilToken() {
    fill();
    return tokens > 0 ? 0 : refillNanos - (nanoTime.getAsLong() - refilledAt);
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    long came = (now - refilledAt) / refillNanos;
    if (came >= capacity - tokens) {
      tokens = capacity;
      refilledAt = now;
    } else {
      tokens += (int) came;
      refilledAt += came * refillNanos;
    }
  }
}
