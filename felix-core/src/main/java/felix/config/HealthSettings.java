package felix.config;

import java.util.List;

/** The agent's word on its own health. */
public final class HealthSettings {
  public static final Setting<Boolean> HEALTH_ENABLED =
      Setting.of(
          "HealthEnabled", Types.BOOL, "false", "Whether to answer /liveness and /readiness.");

  public static final Setting<String> HEALTH_HOST =
      Setting.of("HealthHost", Types.LISTEN_ADDRESS, "localhost", "Address of the health server.");

  public static final Setting<Integer> HEALTH_PORT =
      Setting.of("HealthPort", Types.port(), "9099", "TCP port of the health server.");

  static final List<Setting<?>> ALL = List.of(HEALTH_ENABLED, HEALTH_HOST, HEALTH_PORT);

  private HealthSettings() {}
}
