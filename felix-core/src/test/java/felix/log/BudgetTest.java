package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final LogLine INFO = line(Severity.INFO, 400);
  private static final LogLine ERROR = line(Severity.ERROR, 400);

  private final Budget budget = new Budget(0);

  @RepeatedTest(3)
  void noHourHasMoreThanTenMegabytes(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    List<LogLine> lines =
        List.of(INFO, ERROR, line(Severity.INFO, 4_000), line(Severity.WARNING, 1_000));
    long[] ofMinute = new long[150];
    for (int minute = 0; minute < ofMinute.length; minute++) {
      boolean quiet = random.nextInt(3) == 0;
      for (int i = 0; i < (quiet ? 10 : 500); i++) {
        LogLine line = lines.get(random.nextInt(lines.size()));
        if (budget.takes(line, minute * (HOUR / 60) + i)) {
          ofMinute[minute] += line.bytes();
        }
      }
    }
    for (int start = 0; start + 60 <= ofMinute.length; start++) {
      long sum = Arrays.stream(ofMinute, start, start + 60).sum();
      assertThat(sum)
          .as("seed %d", repetition.getCurrentRepetition())
          .isBetween(5_000_000L, 10_000_000L);
    }
  }

  @Test
  void aFloodOfNewsLeavesRoomForErrors() {
    while (budget.takes(INFO, 0)) {}
    assertThat(budget.takes(ERROR, 0)).isTrue();
    assertThat(budget.takes(line(Severity.FATAL, 100_000), 0)).isTrue();
  }

  @Test
  void debuggingIsNotLimited() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(budget.takes(line(Severity.DEBUG, 400), 0)).isTrue();
    }
  }

  private static LogLine line(Severity severity, int length) {
    return new LogLine(0, severity, "main", "Test", "x".repeat(length), List.of());
  }
}
