package felix.dataplane;

import felix.dataplane.feature.Stage;
import java.time.Duration;
import java.util.Optional;

/**
 * How often kinds of kernel state are read in full; zero for never. Can change at any time.
 *
 * @param tables {@code IptablesRefreshInterval}
 * @param ipSets {@code IpsetsRefreshInterval}
 * @param routes and all else that is neither table nor set ({@code RouteRefreshInterval})
 * @param interfaces {@code InterfaceRefreshInterval}
 */
public record RefreshIntervals(
    Duration tables, Duration ipSets, Duration routes, Duration interfaces) {

  /** Empty if what happens at this stage has its own interval, or none. */
  Optional<Duration> of(Stage stage) {
    return switch (stage) {
      case IP_SETS_FILLED -> Optional.of(ipSets);
      case RAW, MANGLE, NAT, FILTER -> Optional.of(tables);
      case SYSCTLS, LINKS, NEIGHBOURS, FORWARDING, ROUTES, MTU_FILE -> Optional.of(routes);
      case HOST_FORWARDING,
          VACATED_CONNECTIONS,
          ROUTES_TAKEN_OVER,
          DENIED_CONNECTIONS,
          IP_SETS_DESTROYED ->
          Optional.empty();
    };
  }
}
