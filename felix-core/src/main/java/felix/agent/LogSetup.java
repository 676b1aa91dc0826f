package felix.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** The log: standard output, down to a severity. */
final class LogSetup {
  private static final Logger ROOT = Logger.getLogger("");

  /** What these say below their level is of use only to who works on them; kept from collection. */
  private static final List<Logger> NOISY =
      List.of(quiet("io.grpc"), quiet("io.netty"), quiet("io.vertx"), quiet("io.etcd.jetcd"));

  private LogSetup() {}

  /**
   * Replaces whatever log there was.
   *
   * @param severity of LogSeverityScreen; empty for no log at all
   */
  static void install(String severity) {
    Arrays.stream(ROOT.getHandlers()).forEach(ROOT::removeHandler);
    Handler screen = new Screen();
    screen.setFormatter(new LogFormat());
    screen.setLevel(Level.ALL);
    ROOT.addHandler(screen);
    setSeverity(severity);
  }

  static void setSeverity(String severity) {
    Level level = level(severity);
    ROOT.setLevel(level);
    boolean debugging = level.intValue() < Level.FINE.intValue();
    NOISY.forEach(logger -> logger.setLevel(debugging ? null : Level.OFF));
  }

  private static Logger quiet(String name) {
    return Logger.getLogger(name);
  }

  private static Level level(String severity) {
    return switch (severity) {
      case "TRACE" -> Level.FINEST;
      case "DEBUG" -> Level.FINE;
      case "INFO" -> Level.INFO;
      case "WARNING" -> Level.WARNING;
      case "ERROR", "FATAL" -> Level.SEVERE;
      default -> Level.OFF;
    };
  }

  /** Writes each line at once: the process may end at any moment. */
  private static final class Screen extends StreamHandler {
    Screen() {
      super(new FileOutputStream(FileDescriptor.out), new LogFormat());
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }
  }
}
