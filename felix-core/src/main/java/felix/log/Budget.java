package felix.log;

import java.time.Duration;

/**
 * How much one output may be given: not more than 10 MB in any hour, of which the worse lines have
 * a share that the others cannot use up. What debugging brings is not counted: somebody asked for
 * it.
 *
 * <p>One thread. Time is {@link System#nanoTime}'s.
 */
final class Budget {
  private static final long MEGABYTE = 1_000_000;

  private final Share warnings;
  private final Share others;

  Budget(long now) {
    warnings = new Share(500_000, 2 * MEGABYTE, now);
    others = new Share(MEGABYTE, 6 * MEGABYTE, now);
  }

  /** Whether there is room for a line. It is taken. */
  boolean takes(LogLine line, long now) {
    if (!line.severity().isAtLeast(Severity.INFO) || line.severity() == Severity.FATAL) {
      return true;
    }
    Share share = line.severity().isAtLeast(Severity.WARNING) ? warnings : others;
    return share.take(line.bytes(), now);
  }

  /** Bytes that come back over time, up to a limit: a burst, and then a rate. */
  private static final class Share {
    private static final double HOUR = Duration.ofHours(1).toNanos();

    private final double most;
    private final double anHour;
    private double left;
    private long asOf;

    Share(double most, double anHour, long now) {
      this.most = most;
      this.anHour = anHour;
      this.left = most;
      this.asOf = now;
    }

    boolean take(int bytes, long now) {
      left = Math.min(most, left + (now - asOf) / HOUR * anHour);
      asOf = now;
      if (left < bytes) {
        return false;
      }
      left -= bytes;
      return true;
    }
  }
}
