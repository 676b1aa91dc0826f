package felix.log;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/** How bad a line is, by Felix's names. The later, the worse. */
public enum Severity {
  TRACE(Level.FINEST.intValue(), 7),
  DEBUG(Level.FINE.intValue(), 7),
  INFO(Level.INFO.intValue(), 6),
  WARNING(Level.WARNING.intValue(), 4),
  ERROR(Level.SEVERE.intValue(), 3),
  /** The last line of a process that ends for it. */
  FATAL(Level.SEVERE.intValue() + 1, 2);

  private final int level;
  private final int syslog;

  Severity(int level, int syslog) {
    this.level = level;
    this.syslog = syslog;
  }

  /** Unknown to java.util.logging, whose worst is {@link Level#SEVERE}. */
  private static final class Fatal extends Level {
    private static final long serialVersionUID = 1;

    private static final Level INSTANCE = new Fatal();

    private Fatal() {
      super("FATAL", FATAL.level);
    }
  }

  /** Empty for the empty text, and what is no severity. */
  static Optional<Severity> named(String name) {
    String word = name.toUpperCase(Locale.ROOT);
    for (Severity severity : values()) {
      if (severity.name().equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /** The worst that is not worse than a level. */
  static Severity of(Level level) {
    Severity found = TRACE;
    for (Severity severity : values()) {
      if (level.intValue() >= severity.level) {
        found = severity;
      }
    }
    return found;
  }

  Level level() {
    return switch (this) {
      case TRACE -> Level.FINEST;
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case FATAL -> Fatal.INSTANCE;
    };
  }

  /** The number that syslog and the journal use (RFC 5424, section 6.2.1). */
  int syslog() {
    return syslog;
  }

  boolean isAtLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
