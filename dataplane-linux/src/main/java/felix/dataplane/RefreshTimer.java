package felix.dataplane;

import felix.dataplane.feature.Refresh;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Says when the next read of the kernel is due. Times are of {@link System#nanoTime}, so that a
 * clock that is set changes nothing.
 */
final class RefreshTimer {
  /** Up to so much is added to the interval, so that drivers and hosts do not read in step. */
  private static final double JITTER = 0.1;

  private static final long LONGEST_CHECK_INTERVAL = Duration.ofHours(1).toNanos();

  /** So that reads for nothing do not follow on each other while changes come in a row. */
  private static final long AGAIN = Duration.ofSeconds(1).toNanos();

  private long interval;
  private final long afterWrite;
  private final RandomGenerator random;
  private long nextRegular;

  /** How long after the last write or check the next check is; 0 when none is to come. */
  private long checkInterval;

  private long nextCheck;

  RefreshTimer(Refresh refresh, RandomGenerator random, long now) {
    this.interval = refresh.interval().toNanos();
    this.afterWrite = refresh.afterWrite().toNanos();
    this.random = random;
    scheduleRegular(now);
  }

  /** Reads at other intervals, the first one after now; zero for never. */
  void change(Duration newInterval, long now) {
    interval = newInterval.toNanos();
    scheduleRegular(now);
  }

  /** Whether a read is due; if so, schedules the next. */
  boolean fires(long now) {
    boolean regular = interval > 0 && now - nextRegular >= 0;
    boolean check = checkInterval > 0 && now - nextCheck >= 0;
    if (regular) {
      scheduleRegular(now);
    }
    if (check) {
      checkInterval *= 2;
      scheduleCheck(now);
    }
    return regular || check;
  }

  /** How long until a read is due; less than one if it is. */
  long nanosUntilDue(long now) {
    long regular = interval > 0 ? nextRegular - now : Long.MAX_VALUE;
    long check = checkInterval > 0 ? nextCheck - now : Long.MAX_VALUE;
    return Math.min(regular, check);
  }

  /** The driver wrote something. */
  void wrote(long now) {
    checkInterval = afterWrite;
    scheduleCheck(now);
  }

  /** A write spoilt what was being read: once more, soon. */
  void readInVain(long now) {
    if (interval > 0) {
      nextRegular = now + Math.min(interval, AGAIN);
    }
  }

  private void scheduleRegular(long now) {
    nextRegular = now + interval + (long) (interval * JITTER * random.nextDouble());
  }

  private void scheduleCheck(long now) {
    if (checkInterval > (interval > 0 ? interval : LONGEST_CHECK_INTERVAL)) {
      checkInterval = 0; // the regular reads do
    }
    nextCheck = now + checkInterval;
  }
}
