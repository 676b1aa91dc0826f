package felix.health;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One heartbeat as it was last seen. One thread at a time. */
final class Pulse {
  private final Heartbeat heartbeat;
  private long seen;
  private long since;
  private Instant sinceTime;

  Pulse(Heartbeat heartbeat, long awakeNanos, Instant now) {
    this.heartbeat = heartbeat;
    this.seen = heartbeat.progress().getAsLong();
    this.since = awakeNanos;
    this.sinceTime = now;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  void look(long awakeNanos, Instant now) {
    long current = heartbeat.progress().getAsLong();
    if (current != seen) {
      seen = current;
      since = awakeNanos;
      sinceTime = now;
    }
  }

  boolean isStuck(long awakeNanos, Duration limit) {
    return limit.isPositive() && awakeNanos - since > limit.toNanos();
  }

  String problem(long awakeNanos, Duration limit) {
    return "%s: thread %s made no progress for %d s, since %s; the limit is %s"
        .formatted(
            heartbeat.name(),
            heartbeat.thread(),
            standstill(awakeNanos),
            sinceTime.truncatedTo(ChronoUnit.SECONDS),
            seconds(limit));
  }

  String detail(long awakeNanos, Duration limit) {
    return "%s: thread %s, progress %d s ago, limit %s"
        .formatted(heartbeat.name(), heartbeat.thread(), standstill(awakeNanos), seconds(limit));
  }

  private long standstill(long awakeNanos) {
    return Duration.ofNanos(awakeNanos - since).toSeconds();
  }

  private static String seconds(Duration limit) {
    return limit.isZero() ? "none" : limit.toSeconds() + " s";
  }
}
