package felix.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SyslogTest {
  private static final String HEAD =
      "<%d>[A-Z][a-z]{2} [ 123]\\d \\d\\d:\\d\\d:\\d\\d calico-felix\\["
          + ProcessHandle.current().pid()
          + "\\]: ";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "INFO, INFO, ",
    "DEBUG, INFO, ",
    "WARNING, INFO, INFO",
    ", INFO, INFO",
    "INFO, , ",
  })
  void aJournalThatIsBothHasEachLineOnce(
      @Nullable Severity screen, @Nullable Severity syslog, @Nullable Severity left) {
    var plan =
        new LogPlan(
            Optional.ofNullable(screen),
            Optional.empty(),
            Optional.ofNullable(syslog),
            "",
            true,
            List.of());

    assertThat(plan.withoutEcho().syslog()).isEqualTo(Optional.ofNullable(left));
    assertThat(plan.withoutEcho().screen()).isEqualTo(plan.screen());
  }

  @Test
  void aLineIsADatagramWithPriorityTimeAndProgram() throws IOException {
    try (var receiver = new SyslogReceiver(socket());
        var syslog = new Syslog(socket())) {
      syslog.write(line(Severity.ERROR, "bad é", List.of()));
      syslog.write(line(Severity.INFO, "fine", List.of()));

      assertThat(receiver.next()).matches(HEAD.formatted(11) + "ERROR   \\[main\\] Test: bad é");
      assertThat(receiver.next()).matches(HEAD.formatted(14) + "INFO    \\[main\\] Test: fine");
    }
  }

  @Test
  void aLongLineIsSeveralDatagramsWithWholeCharacters() throws IOException {
    try (var receiver = new SyslogReceiver(socket());
        var syslog = new Syslog(socket())) {
      syslog.write(line(Severity.INFO, "漢".repeat(1_500), List.of()));

      List<String> pieces = receiver.next(3);
      assertThat(pieces)
          .allSatisfy(
              piece -> assertThat(piece.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2_100))
          .noneMatch(piece -> piece.contains("\ufffd"));
      assertThat(String.join("", pieces).chars().filter(c -> c == '漢').count()).isEqualTo(1_500);
    }
  }

  @Test
  void aStackIsADatagramALineAndAllOfThemArrive() throws IOException {
    List<String> stack = IntStream.range(0, 120).mapToObj(i -> "\tat line " + i).toList();
    try (var receiver = new SyslogReceiver(socket());
        var syslog = new Syslog(socket())) {
      syslog.write(line(Severity.ERROR, "bug", stack));

      assertThat(receiver.next(121).getLast()).endsWith(":   at line 119");
    }
  }

  @Test
  void whoComesAgainGetsLinesAgain() throws IOException {
    try (var syslog = new Syslog(socket())) {
      assertThatThrownBy(() -> syslog.write(line(Severity.INFO, "early", List.of())))
          .isInstanceOf(IOException.class)
          .hasMessage("there is no " + socket());
      try (var receiver = new SyslogReceiver(socket())) {
        syslog.write(line(Severity.INFO, "first", List.of()));
        assertThat(receiver.next()).endsWith("first");
      }
      assertThat(socket()).exists();
      assertThatThrownBy(() -> syslog.write(line(Severity.INFO, "lost", List.of())))
          .isInstanceOf(IOException.class);
      Files.delete(socket());
      try (var receiver = new SyslogReceiver(socket())) {
        syslog.write(line(Severity.INFO, "second", List.of()));
        assertThat(receiver.next()).endsWith("second");
      }
    }
  }

  private Path socket() {
    return folder.resolve("log");
  }

  private static LogLine line(Severity severity, String text, List<String> stack) {
    return new LogLine(System.currentTimeMillis(), severity, "main", "Test", text, stack);
  }
}
