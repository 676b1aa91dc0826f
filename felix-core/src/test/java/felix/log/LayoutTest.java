package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final LogLine LINE =
      new LogLine(
          Instant.parse("2026-11-21T04:05:06.007Z").toEpochMilli(),
          Severity.ERROR,
          "etcd",
          "Quarantine",
          "bad name",
          List.of("\tx.Y: z", "\t\tat a.B.c(B.java:1)"));

  @Test
  void plainHasTheTimeInUtc() {
    assertThat(Layout.PLAIN.format(LINE))
        .isEqualTo(
            """
            2026-11-21 04:05:06.007 ERROR   [etcd] Quarantine: bad name
            \tx.Y: z
            \t\tat a.B.c(B.java:1)
            """);
  }

  @Test
  void theJournalHasThePriorityOnEachLineAndNoTime() {
    assertThat(Layout.JOURNAL.format(LINE))
        .isEqualTo(
            """
            <3>ERROR   [etcd] Quarantine: bad name
            <3>\tx.Y: z
            <3>\t\tat a.B.c(B.java:1)
            """);
  }

  @Test
  void timesBefore1970AndFarAheadAreTimes() {
    assertThat(Layout.PLAIN.format(at("1901-01-02T03:04:05.999Z")))
        .startsWith("1901-01-02 03:04:05.999 ");
    assertThat(Layout.PLAIN.format(at("2036-02-29T23:59:59Z")))
        .startsWith("2036-02-29 23:59:59.000 ");
  }

  private static LogLine at(String time) {
    return new LogLine(
        Instant.parse(time).toEpochMilli(), Severity.INFO, "main", "Main", "x", List.of());
  }
}
