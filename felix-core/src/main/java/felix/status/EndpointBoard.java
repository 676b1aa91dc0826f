package felix.status;

import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointStatusSink;
import felix.model.EndpointKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How all endpoints of this host fare, as last heard from the dataplane. One thread writes, and
 * never waits for those who read.
 */
public final class EndpointBoard implements EndpointStatusSink {
  private final Map<EndpointKey, EndpointReport> reports = new ConcurrentHashMap<>();
  private volatile boolean complete;

  /** Rises with every change. */
  private volatile long version;

  @Override
  public void offer(EndpointKey key, @Nullable EndpointReport report) {
    if (report == null) {
      reports.remove(key);
    } else {
      reports.put(key, report);
    }
    changed();
  }

  @Override
  public void complete() {
    complete = true;
    changed();
  }

  /** Whether nothing is missing: who is not here is no endpoint of this host. */
  boolean isComplete() {
    return complete;
  }

  /** How they fare; changes while it is looked at. */
  Map<EndpointKey, EndpointReport> reports() {
    return reports;
  }

  long version() {
    return version;
  }

  /** Waits until there is another version, or the time is over, or somebody wakes all. */
  synchronized void awaitNews(long known, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long rest = limit.toMillis(); version == known && rest > 0; rest = millisTo(end)) {
      wait(rest);
    }
  }

  /** Has nobody wait any more, as if there were news. */
  void wake() {
    changed();
  }

  private static long millisTo(long end) {
    return (end - System.nanoTime() + 999_999) / 1_000_000;
  }

  // Whoever waits holds the lock for no longer than it takes to begin to wait.
  private synchronized void changed() {
    version++;
    notifyAll();
  }
}
