package felix.datastore;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling, and each time somewhere in the upper half, so
 * that the agents of a cluster do not all come at once.
 */
final class RetryDelay {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofMillis(1_600);

  private final RandomGenerator random;
  private Duration upper = FIRST;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long nanos = upper.toNanos();
    Duration doubled = upper.multipliedBy(2);
    upper = doubled.compareTo(MOST) < 0 ? doubled : MOST;
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }

  /** After a success. */
  void reset() {
    upper = FIRST;
  }
}
