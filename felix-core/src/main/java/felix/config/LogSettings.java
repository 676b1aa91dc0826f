package felix.config;

import java.util.List;

/** Where the agent's log goes, and how much of it. */
public final class LogSettings {
  /** Until LogSeverityScreen is known. */
  public static final String LOG_SEVERITY_BEFORE = "ERROR";

  public static final Setting<String> LOG_SEVERITY_SCREEN =
      Setting.of(
              "LogSeverityScreen",
              Types.choice("TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "FATAL"),
              "INFO",
              "Lowest severity that is written to standard output; none for nothing.")
          .live();

  static final List<Setting<?>> ALL = List.of(LOG_SEVERITY_SCREEN);

  private LogSettings() {}
}
