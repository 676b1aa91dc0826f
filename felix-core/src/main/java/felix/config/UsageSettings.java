package felix.config;

import java.time.Duration;
import java.util.List;

/** Reports to who makes Calico. */
public final class UsageSettings {
  private static final String NEVER = "this agent reports to nobody";

  static final Setting<Boolean> USAGE_REPORTING_ENABLED =
      Setting.of(
              "UsageReportingEnabled", Types.BOOL, "true", "Whether to report usage anonymously.")
          .unused(NEVER);

  static final Setting<Duration> USAGE_REPORTING_INITIAL_DELAY =
      Setting.of(
              "UsageReportingInitialDelaySecs",
              Types.SECONDS,
              "300",
              "When to do so for the first time.")
          .unused(NEVER);

  static final Setting<Duration> USAGE_REPORTING_INTERVAL =
      Setting.of("UsageReportingIntervalSecs", Types.SECONDS, "86400", "How often to do so.")
          .unused(NEVER);

  static final List<Setting<?>> ALL =
      List.of(USAGE_REPORTING_ENABLED, USAGE_REPORTING_INITIAL_DELAY, USAGE_REPORTING_INTERVAL);

  private UsageSettings() {}
}
