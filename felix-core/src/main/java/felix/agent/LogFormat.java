package felix.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One line a message: time in UTC, level, thread, class. Used on the thread that logs. */
final class LogFormat extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord record) {
    String name = String.valueOf(record.getLoggerName());
    String line =
        "%s %-7s [%s] %s: %s\n"
            .formatted(
                time(record.getInstant()),
                level(record.getLevel()),
                Thread.currentThread().getName(),
                name.substring(name.lastIndexOf('.') + 1),
                oneLine(formatMessage(record)));
    Throwable thrown = record.getThrown();
    return thrown == null ? line : line + stack(thrown);
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  /** What the datastore holds may be in a message; it must not look like a line of ours. */
  private static String oneLine(String message) {
    return message.replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
