package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

  @RepeatedTest(5)
  void noHourHasMoreThanTenMegabytes(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    long[] ofMinute = new long[300];
    for (int minute = 0; minute < ofMinute.length; minute++) {
      boolean quiet = random.nextInt(3) == 0;
      for (int i = 0; i < (quiet ? 10 : 5_000); i++) {
        LogLine line =
            line(random.nextBoolean() ? Severity.INFO : Severity.WARNING, random.nextInt(1_500));
        if (budget.takes(line, minute * (HOUR / 60) + i)) {
          ofMinute[minute] += line.bytes();
        }
      }
    }
    for (int start = 0; start + 60 <= ofMinute.length; start++) {
      long sum = 0;
      for (int minute = start; minute < start + 60; minute++) {
        sum += ofMinute[minute];
      }
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
