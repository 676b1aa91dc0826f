package felix.dataplane.feature;

import felix.dataplane.manager.Manager;
import felix.dataplane.manager.WorkloadNetworks.Wishes;
import felix.dataplane.neigh.NeighbourDriver;
import felix.dataplane.route.RouteDriver;
import felix.dataplane.route.RouteOwner;
import felix.dataplane.sysctl.SysctlDriver;
import java.time.Duration;
import java.util.List;

/** Workload endpoints: their chains, routes, neighbours and sysctls. */
public final class Workloads {
  private Workloads() {}

  /** Who writes what of the network. */
  public record Drivers(RouteDriver routes, NeighbourDriver neighbours, SysctlDriver sysctls) {
    public Wishes wishes() {
      return new Wishes(
          routes.desired(RouteOwner.LOCAL_WORKLOADS), neighbours.desired(), sysctls.desired());
    }
  }

  /**
   * A feature that knows no endpoint yet.
   *
   * @param managers which write to the wishes of the drivers
   */
  public static Feature of(List<Manager> managers, Drivers drivers, Duration refresh) {
    return new Feature(
        managers,
        List.of(
            new Step(Stage.SYSCTLS, drivers.sysctls(), Refresh.every(refresh)),
            new Step(Stage.NEIGHBOURS, drivers.neighbours(), Refresh.every(refresh)),
            new Step(Stage.ROUTES, drivers.routes(), Refresh.every(refresh)),
            // reads with the step above
            new Step(
                Stage.ROUTES_TAKEN_OVER,
                drivers.routes().takenOver(),
                Refresh.every(Duration.ZERO))),
        List.of(
            drivers.sysctls()::onInterface,
            drivers.neighbours()::onInterface,
            drivers.routes()::onInterface),
        List.of(drivers.neighbours()::onEvent, drivers.routes()::onEvent));
  }
}
