package felix.log;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** How a line looks where it is written. Without a formatter: the first line has to be quick. */
enum Layout {
  /** {@code 2026-11-21 10:28:07.123 WARNING [thread] Source: text}, in UTC. */
  PLAIN,
  /**
   * For the journal, which knows the time itself and takes the severity from {@code <N>} (see
   * sd-daemon(3)), on every line, as each is an entry of its own.
   */
  JOURNAL;

  String format(LogLine line) {
    var text = new StringBuilder(line.text().length() + 80);
    switch (this) {
      case PLAIN -> {
        appendTime(text, line.epochMillis());
        text.append(' ');
        appendRest(text, line);
      }
      case JOURNAL -> {
        appendPriority(text, line);
        appendRest(text, line);
      }
    }
    text.append('\n');
    for (String frame : line.stack()) {
      if (this == JOURNAL) {
        appendPriority(text, line);
      }
      text.append(frame).append('\n');
    }
    return text.toString();
  }

  private static void appendPriority(StringBuilder text, LogLine line) {
    text.append('<').append(line.severity().syslog()).append('>');
  }

  /** Everything but the time. */
  static void appendRest(StringBuilder text, LogLine line) {
    String severity = line.severity().name();
    text.append(severity).repeat(' ', Severity.WARNING.name().length() - severity.length());
    text.append(" [").append(line.thread()).append("] ");
    text.append(line.source()).append(": ").append(line.text());
  }

  private static void appendTime(StringBuilder text, long epochMillis) {
    int millis = Math.floorMod(epochMillis, 1_000);
    var time = LocalDateTime.ofEpochSecond(Math.floorDiv(epochMillis, 1_000), 0, ZoneOffset.UTC);
    appendNumber(text, time.getYear(), 4).append('-');
    appendNumber(text, time.getMonthValue(), 2).append('-');
    appendNumber(text, time.getDayOfMonth(), 2).append(' ');
    appendNumber(text, time.getHour(), 2).append(':');
    appendNumber(text, time.getMinute(), 2).append(':');
    appendNumber(text, time.getSecond(), 2).append('.');
    appendNumber(text, millis, 3);
  }

  private static StringBuilder appendNumber(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    return text.repeat('0', width - digits.length()).append(digits);
  }
}
