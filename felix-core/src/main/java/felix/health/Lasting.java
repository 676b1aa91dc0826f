package felix.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A problem that counts at once before all was well for the first time, and afterwards only once it
 * has lasted: the kernel is behind for a moment with every change. What lasts is counted from when
 * somebody first asked.
 */
public final class Lasting implements HealthCheck {
  private final HealthCheck check;
  private final Duration grace;
  private final LongSupplier nanoTime;
  private boolean wasWell;
  private boolean isWell;
  private long since;

  public Lasting(HealthCheck check, Duration grace) {
    this(check, grace, System::nanoTime);
  }

  Lasting(HealthCheck check, Duration grace, LongSupplier nanoTime) {
    this.check = check;
    this.grace = grace;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  @Override
  public synchronized Optional<String> problem() {
    Optional<String> problem = check.problem();
    long now = nanoTime.getAsLong();
    if (problem.isEmpty()) {
      wasWell = true;
      isWell = true;
    } else if (isWell) {
      isWell = false;
      since = now;
    }
    return wasWell && now - since <= grace.toNanos()
        ? Optional.empty()
        : problem.map(text -> text + ", for " + Duration.ofNanos(now - since).toSeconds() + " s");
  }
}
