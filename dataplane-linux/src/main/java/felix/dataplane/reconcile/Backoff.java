package felix.dataplane.reconcile;

import java.time.Duration;

/**
 * How long to wait after failures in a row: twice as long after each one, up to a limit.
 *
 * @param first after the first failure
 * @param longest however many there were
 */
public record Backoff(Duration first, Duration longest) {
  public Backoff {
    if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("back-off from " + first + " to " + longest);
    }
  }

  /**
   * How long to wait now.
   *
   * @param failures in a row, at least one
   */
  public Duration delay(int failures) {
    if (failures < 1) {
      throw new IllegalArgumentException("back-off after " + failures + " failures");
    }
    long doublings = longest.dividedBy(first);
    return failures > Long.SIZE - Long.numberOfLeadingZeros(doublings)
        ? longest
        : first.multipliedBy(1L << (failures - 1));
  }
}
