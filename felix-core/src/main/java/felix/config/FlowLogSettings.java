package felix.config;

import java.time.Duration;
import java.util.List;

/** Reports of who spoke to whom. */
public final class FlowLogSettings {
  private static final String NOT_HERE = "this agent does not log flows";

  static final Setting<Duration> FLOW_LOGS_FLUSH_INTERVAL =
      Setting.of("FlowLogsFlushInterval", Types.SECONDS, "300", "How often flows are reported.")
          .unused(NOT_HERE);

  static final Setting<Boolean> FLOW_LOGS_COLLECTOR_DEBUG_TRACE =
      Setting.of(
              "FlowLogsCollectorDebugTrace",
              Types.BOOL,
              "false",
              "Whether the log tells all about collecting them.")
          .unused(NOT_HERE);

  static final Setting<String> FLOW_LOGS_GOLDMANE_SERVER =
      Setting.of(
              "FlowLogsGoldmaneServer",
              Types.TEXT,
              "",
              "Server to report flows to; none if not set.")
          .unused(NOT_HERE);

  static final Setting<String> FLOW_LOGS_LOCAL_REPORTER =
      Setting.of(
              "FlowLogsLocalReporter",
              Types.choice("Enabled", "Disabled"),
              "Disabled",
              "Whether flows are reported on a socket of this host.")
          .unused(NOT_HERE);

  static final Setting<String> FLOW_LOGS_POLICY_EVALUATION_MODE =
      Setting.of(
              "FlowLogsPolicyEvaluationMode",
              Types.choice("None", "Continuous"),
              "Continuous",
              "Whether policy is evaluated again for flows that go on.")
          .unused(NOT_HERE);

  static final List<Setting<?>> ALL =
      List.of(
          FLOW_LOGS_FLUSH_INTERVAL,
          FLOW_LOGS_COLLECTOR_DEBUG_TRACE,
          FLOW_LOGS_GOLDMANE_SERVER,
          FLOW_LOGS_LOCAL_REPORTER,
          FLOW_LOGS_POLICY_EVALUATION_MODE);

  private FlowLogSettings() {}
}
