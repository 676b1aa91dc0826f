package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatsTest {
  private static final Pattern HELD =
      Pattern.compile("\\((\\d+) more of this kind within PT[0-9HMS]+\\)");

  private final Repeats repeats = new Repeats();
  private final List<String> written = new ArrayList<>();
  private long now;

  @Test
  void aDayOfTheSameErrorIsAFewLinesWithGrowingPausesAndAllAreCounted() {
    List<Long> at = new ArrayList<>();
    for (int second = 0; second < 86_400; second++) {
      int before = written.size();
      pass(seconds(1));
      log(Severity.ERROR, "cannot write to cali%d: no such device".formatted(second));
      if (written.size() > before) {
        at.add((long) second);
      }
    }

    assertThat(at).startsWith(0L, 10L, 70L, 430L, 2590L).hasSizeLessThan(32);
    repeats.rest().forEach(line -> written.add(line.text()));
    assertThat(written.size() - summaries() + heldBack()).isEqualTo(86_400);
    assertThat(written.get(1))
        .isEqualTo("cannot write to cali9: no such device (9 more of this kind within PT10S)");
  }

  @Test
  void afterASilenceItIsNew() {
    log(Severity.ERROR, "no route to 10.0.0.1");
    pass(seconds(11));
    log(Severity.ERROR, "no route to 10.0.0.2");
    assertThat(written).hasSize(2);
    assertThat(repeats.isEmpty()).isFalse();
    pass(seconds(11));
    assertThat(repeats.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'cannot add 10.0.0.1 to s1', 'cannot add fe80::1 to s1', true",
    "'cannot add 10.0.0.1 to s1', 'cannot add 10.65.255.7/26 to s22', true",
    "'policy default.a is bad', 'policy default.b is bad', false",
    "'line 7', 'line 8', true",
    "'cannot read', 'cannot write', false"
  })
  void numbersDoNotMakeItAnotherMessage(String one, String other, boolean same) {
    log(Severity.WARNING, one);
    log(Severity.WARNING, other);
    assertThat(written).hasSize(same ? 1 : 2);
  }

  @Test
  void whatIsNoComplaintIsNotHeldBack() {
    for (Severity severity : List.of(Severity.DEBUG, Severity.INFO, Severity.FATAL)) {
      log(severity, "again");
      log(severity, "again");
    }
    assertThat(written).hasSize(6);
  }

  /** However many kinds there are, and when they come. */
  @RepeatedTest(5)
  void eachLineIsWrittenOrCounted(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    int kinds = 1 + random.nextInt(600);
    int lines = 5_000;
    for (int i = 0; i < lines; i++) {
      log(Severity.ERROR, "kind " + "x".repeat(random.nextInt(kinds) % 280));
      pass(Duration.ofMillis(random.nextInt(100)).toNanos());
    }
    repeats.rest().forEach(line -> written.add(line.text()));
    assertThat(written.size() - summaries() + heldBack())
        .as("seed %d", repetition.getCurrentRepetition())
        .isEqualTo(lines);
  }

  private void log(Severity severity, String text) {
    var line = new LogLine(0, severity, "main", "Test", text, List.of());
    if (repeats.admits(line, now)) {
      written.add(text);
    }
  }

  private void pass(long nanos) {
    now += nanos;
    repeats.due(now).forEach(line -> written.add(line.text()));
  }

  private static long seconds(int count) {
    return Duration.ofSeconds(count).toNanos();
  }

  private long summaries() {
    return written.stream().filter(text -> HELD.matcher(text).find()).count();
  }

  private int heldBack() {
    return written.stream()
        .map(HELD::matcher)
        .filter(Matcher::find)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .sum();
  }
}
