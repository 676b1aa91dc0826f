package felix.datastore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs that etcd is gone, and why whenever that changes, but not each of the tries. */
final class Outage {
  private static final Duration REMINDER = Duration.ofMinutes(5);

  /** Of several members each may have its own reason. */
  private static final Duration OTHER_REASON = Duration.ofSeconds(10);

  private final Logger log;

  /** By nanoTime; null while all is well. */
  private @Nullable Long since;

  private long logged;

  private String reason = "";

  Outage(Logger log) {
    this.log = log;
  }

  void failed(Object what, EtcdFailure failure) {
    long now = System.nanoTime();
    String message = String.valueOf(failure.getMessage());
    Duration pause = message.equals(reason) ? REMINDER : OTHER_REASON;
    if (since == null || now - logged > pause.toNanos()) {
      since = since == null ? now : since;
      logged = now;
      reason = message;
      log.warn("{}: {}; keeping what is known and trying on", what, message);
    } else {
      log.debug("{}: {}", what, message);
    }
  }

  void ended(Object what) {
    if (since != null) {
      log.info("{}: back after {}", what, Duration.ofNanos(System.nanoTime() - since));
      since = null;
    }
  }
}
