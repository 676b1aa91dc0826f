package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ExpiryWarningTest {
  private static final Instant END = Instant.parse("2027-01-31T00:00:00Z");
  private static final String NAME = "felix.test.expiry";

  private final List<String> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Instant now = END;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void warnsOnceADayFromTwoWeeksBefore() {
    Logger jul = Logger.getLogger(NAME);
    jul.addHandler(handler);
    var warning = new ExpiryWarning(LoggerFactory.getLogger(NAME), clock);
    Map<String, Instant> expiries = Map.of("client", END, "ca", END.plus(Duration.ofDays(365)));

    now = END.minus(Duration.ofDays(15));
    warning.look(expiries);
    assertThat(logged).isEmpty();

    for (int hour = 0; hour < 72; hour++) {
      now = END.minus(Duration.ofDays(14)).plus(Duration.ofHours(hour)).plusSeconds(1);
      warning.look(expiries);
    }
    assertThat(logged)
        .hasSize(3)
        .allMatch("The client certificate for etcd expires on 2027-01-31T00:00:00Z"::equals);

    now = END.plusSeconds(1).plus(Duration.ofDays(1));
    warning.look(expiries);
    assertThat(logged).last().asString().contains("expired on");
    jul.removeHandler(handler);
  }
}
