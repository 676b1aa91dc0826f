package felix.dataplane.feature;

import felix.dataplane.conntrack.DeniedDriver;
import felix.dataplane.conntrack.VacatedDriver;
import felix.dataplane.manager.PolicyWatch;
import java.time.Duration;
import java.util.List;

/** Connections that must not go on. */
public final class Connections {
  private static final Refresh NEVER = Refresh.every(Duration.ZERO);

  private Connections() {}

  /** Those of addresses that workloads left. */
  public static Feature ofVacated(VacatedDriver vacated) {
    return new Feature(
        List.of(),
        List.of(new Step(Stage.VACATED_CONNECTIONS, vacated, NEVER)),
        List.of(),
        List.of());
  }

  /** Those that policy has come to deny. */
  public static Feature ofDenied(PolicyWatch watch, DeniedDriver denied) {
    return new Feature(
        List.of(watch),
        List.of(new Step(Stage.DENIED_CONNECTIONS, denied, NEVER)),
        List.of(denied::onInterface),
        List.of());
  }
}
