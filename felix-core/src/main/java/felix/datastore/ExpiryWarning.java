package felix.datastore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Warns of certificates that are about to expire: from two weeks before, once a day. */
final class ExpiryWarning {
  private static final Duration BEFORE = Duration.ofDays(14);
  private static final Duration REMINDER = Duration.ofDays(1);

  private final Logger log;
  private final Clock clock;
  private @Nullable Instant last;

  ExpiryWarning(Logger log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Others are in use now. */
  void changed() {
    last = null;
  }

  void look(Map<String, Instant> expiries) {
    Instant now = clock.instant();
    if (last != null && now.isBefore(last.plus(REMINDER))) {
      return;
    }
    expiries.forEach(
        (certificate, expiry) -> {
          if (now.isAfter(expiry.minus(BEFORE))) {
            last = now;
            log.warn(
                "The {} certificate for etcd {} on {}",
                certificate,
                now.isBefore(expiry) ? "expires" : "expired",
                expiry);
          }
        });
  }
}
