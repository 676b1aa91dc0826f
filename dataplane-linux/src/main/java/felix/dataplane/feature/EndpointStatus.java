package felix.dataplane.feature;

import felix.dataplane.manager.EndpointStatusManager;
import java.util.List;

/** Follows how endpoints fare; writes nothing. */
public final class EndpointStatus {
  private EndpointStatus() {}

  public static Feature of(EndpointStatusManager endpoints) {
    return new Feature(List.of(endpoints), List.of(), List.of(endpoints::onInterface), List.of());
  }
}
