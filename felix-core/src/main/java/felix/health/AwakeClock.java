package felix.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts the time in which this process could run. Whoever asks every second or so gets the time
 * that passed; of a longer gap only the first part counts, since then nobody here could do
 * anything: the process was stopped, the machine slept, or had no processor to give. One thread at
 * a time.
 */
final class AwakeClock {
  private static final long LONGEST_STEP = Duration.ofSeconds(3).toNanos();

  private final LongSupplier nanoTime;
  private long last;
  private long awake;

  AwakeClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  long nanos() {
    long now = nanoTime.getAsLong();
    awake += Math.min(now - last, LONGEST_STEP);
    last = now;
    return awake;
  }
}
