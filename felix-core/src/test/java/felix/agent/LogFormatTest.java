package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  @Test
  void messageIsOneLineWhateverItHolds() {
    var record = new LogRecord(Level.WARNING, "bad name: x\n2026-01-01 ERROR forged");
    record.setLoggerName("felix.datastore.Quarantine");
    record.setInstant(Instant.parse("2026-11-21T04:05:06.007Z"));
    Thread.currentThread().setName("etcd");

    assertThat(new LogFormat().format(record))
        .isEqualTo(
            "2026-11-21 04:05:06.007 WARNING [etcd] Quarantine: bad name: x\\n2026-01-01 ERROR"
                + " forged\n");
  }
}
