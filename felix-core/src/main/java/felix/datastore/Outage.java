package felix.datastore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs that etcd is gone, but not each of the tries until it is back. */
final class Outage {
  private static final Duration REMINDER = Duration.ofMinutes(5);

  private final Logger log;

  /** By nanoTime; null while all is well. */
  private @Nullable Long since;

  private long logged;

  Outage(Logger log) {
    this.log = log;
  }

  void failed(Object what, EtcdFailure failure) {
    long now = System.nanoTime();
    if (since == null || now - logged > REMINDER.toNanos()) {
      since = since == null ? now : since;
      logged = now;
      log.warn("{}: {}; keeping what is known and trying on", what, failure.getMessage());
    } else {
      log.debug("{}: {}", what, failure.getMessage());
    }
  }

  void ended(Object what) {
    if (since != null) {
      log.info("{}: back after {}", what, Duration.ofNanos(System.nanoTime() - since));
      since = null;
    }
  }
}
