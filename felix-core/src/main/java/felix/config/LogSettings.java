package felix.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the agent's log goes, and how much of it. All of it changes without a restart. */
public final class LogSettings {
  /** The severity of standard output before LogSeverityScreen is known; of the environment only. */
  public static final String EARLY_SEVERITY_VARIABLE = "FELIX_EARLYLOGSEVERITYSCREEN";

  /** Until LogSeverityScreen is known. */
  public static final String LOG_SEVERITY_BEFORE = "ERROR";

  private static final ValueType<String> SEVERITY =
      Types.choice("TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "FATAL");

  private static final ValueType<Optional<Path>> LOG_FILE =
      new ValueType<>("a path of a file", Optional.empty(), text -> Optional.of(Path.of(text)));

  public static final Setting<String> LOG_SEVERITY_SCREEN =
      Setting.of(
              "LogSeverityScreen",
              SEVERITY,
              "INFO",
              "Lowest severity that is written to standard output; none for nothing.")
          .live();

  public static final Setting<Optional<Path>> LOG_FILE_PATH =
      Setting.of(
              "LogFilePath",
              LOG_FILE,
              "/var/log/calico/felix.log",
              "File that the log is appended to; none for no file.")
          .vital()
          .live();

  public static final Setting<String> LOG_SEVERITY_FILE =
      Setting.of(
              "LogSeverityFile",
              SEVERITY,
              "INFO",
              "Lowest severity that is written to the file; none for nothing.")
          .live();

  public static final Setting<String> LOG_SEVERITY_SYS =
      Setting.of(
              "LogSeveritySys",
              SEVERITY,
              "INFO",
              "Lowest severity that is sent to syslog (/dev/log); none for nothing.")
          .live();

  public static final Setting<String> LOG_DEBUG_FILENAME_REGEX =
      Setting.of(
              "LogDebugFilenameRegex",
              NetworkTypes.REGEX,
              "",
              "Where DEBUG and TRACE come from: source files whose names match, such as"
                  + " EtcdWatcher\\.java; all if not set.")
          .live();

  public static final Setting<Boolean> DEBUG_DISABLE_LOG_DROPPING =
      Setting.of(
              "DebugDisableLogDropping",
              Types.BOOL,
              "false",
              "Whether the agent waits for an output that is slow, rather than drop what it cannot"
                  + " take; the size of the log has no limit then.")
          .live();

  static final List<Setting<?>> ALL =
      List.of(
          LOG_SEVERITY_SCREEN,
          LOG_FILE_PATH,
          LOG_SEVERITY_FILE,
          LOG_SEVERITY_SYS,
          LOG_DEBUG_FILENAME_REGEX,
          DEBUG_DISABLE_LOG_DROPPING);

  private LogSettings() {}
}
