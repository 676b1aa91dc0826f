package felix.dataplane.reconcile;

import java.time.Duration;

/** Pauses between tries, each twice as long as the one before. */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  public Duration next() {
    Duration now = next;
    next = now.multipliedBy(2).compareTo(longest) > 0 ? longest : now.multipliedBy(2);
    return now;
  }

  public void reset() {
    next = first;
  }
}
