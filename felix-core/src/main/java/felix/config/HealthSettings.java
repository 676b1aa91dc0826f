package felix.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The agent's word on its own health, and ways to test who listens to it. */
public final class HealthSettings {
  public static final Setting<Boolean> HEALTH_ENABLED =
      Setting.of(
          "HealthEnabled", Types.BOOL, "false", "Whether to answer /liveness and /readiness.");

  public static final Setting<String> HEALTH_HOST =
      Setting.of("HealthHost", Types.LISTEN_ADDRESS, "localhost", "Address of the health server.");

  public static final Setting<Integer> HEALTH_PORT =
      Setting.of("HealthPort", Types.port(), "9099", "TCP port of the health server.");

  public static final Setting<Map<String, Duration>> HEALTH_TIMEOUT_OVERRIDES =
      Setting.of(
              "HealthTimeoutOverrides",
              TimeoutTypes.TIMEOUTS,
              "",
              "After how long without progress a thread counts as stuck, by the names in"
                  + " docs/health.md; 0s for never.")
          .live();

  public static final Setting<Duration> DATAPLANE_WATCHDOG_TIMEOUT =
      Setting.of(
              "DataplaneWatchdogTimeout",
              Types.SECONDS,
              "90",
              "After how long without progress the dataplane's thread counts as stuck, beyond its"
                  + " wait for the lock of iptables; 0 for never.")
          .live();

  public static final Setting<Duration> DEBUG_SIMULATE_CALC_GRAPH_HANG_AFTER =
      Setting.of(
          "DebugSimulateCalcGraphHangAfter",
          Types.SECONDS,
          "0",
          "For tests of probes: after how long the calculation graph's thread hangs; 0 for never.");

  public static final Setting<Duration> DEBUG_SIMULATE_DATAPLANE_HANG_AFTER =
      Setting.of(
          "DebugSimulateDataplaneHangAfter",
          Types.SECONDS,
          "0",
          "For tests of probes: after how long the dataplane's thread hangs; 0 for never.");

  public static final Setting<Duration> DEBUG_SIMULATE_DATAPLANE_APPLY_DELAY =
      Setting.of(
          "DebugSimulateDataplaneApplyDelay",
          Types.SECONDS,
          "0",
          "For tests of probes: how much longer each apply takes.");

  public static final Setting<Duration> DEBUG_PANIC_AFTER =
      Setting.of(
          "DebugPanicAfter",
          Types.SECONDS,
          "0",
          "For tests of restarts: after how long the process ends as if by a bug; 0 for never.");

  static final List<Setting<?>> ALL =
      List.of(
          HEALTH_ENABLED,
          HEALTH_HOST,
          HEALTH_PORT,
          HEALTH_TIMEOUT_OVERRIDES,
          DATAPLANE_WATCHDOG_TIMEOUT,
          DEBUG_SIMULATE_CALC_GRAPH_HANG_AFTER,
          DEBUG_SIMULATE_DATAPLANE_HANG_AFTER,
          DEBUG_SIMULATE_DATAPLANE_APPLY_DELAY,
          DEBUG_PANIC_AFTER);

  private HealthSettings() {}
}
