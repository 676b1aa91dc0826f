package felix.datastore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs that etcd is gone once, and that it is back, however many tries there are between. */
final class Outage {
  private final Logger log;

  /** By nanoTime; null while all is well. */
  private @Nullable Long since;

  Outage(Logger log) {
    this.log = log;
  }

  void failed(Object what, EtcdFailure failure) {
    if (since == null) {
      since = System.nanoTime();
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
