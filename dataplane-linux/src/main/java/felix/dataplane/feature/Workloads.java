package felix.dataplane.feature;

import felix.dataplane.manager.EndpointManager;
import felix.dataplane.manager.WorkloadChains;
import felix.dataplane.manager.WorkloadNetworks;
import felix.dataplane.manager.WorkloadNetworks.Wishes;
import felix.dataplane.neigh.NeighbourDriver;
import felix.dataplane.route.RouteDriver;
import felix.dataplane.route.RouteOwner;
import felix.dataplane.sysctl.SysctlDriver;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workload endpoints: their chains, routes, neighbours and sysctls. */
public final class Workloads {
  private Workloads() {}

  /** Who writes what of the network. */
  public record Drivers(RouteDriver routes, NeighbourDriver neighbours, SysctlDriver sysctls) {
    private Wishes wishes() {
      return new Wishes(
          routes.desired(RouteOwner.LOCAL_WORKLOADS), neighbours.desired(), sysctls.desired());
    }
  }

  /**
   * A feature that knows no endpoint yet.
   *
   * @param source the address with which this host speaks to workloads; null leaves the choice to
   *     the kernel
   */
  public static Feature of(
      IpVersion version,
      WorkloadChains chains,
      @Nullable Ip source,
      Drivers drivers,
      Duration refresh) {
    var networks = new WorkloadNetworks(version, source, drivers.wishes());
    return new Feature(
        List.of(new EndpointManager(chains, networks)),
        List.of(
            new Step(Stage.SYSCTLS, drivers.sysctls(), Refresh.every(refresh)),
            new Step(Stage.NEIGHBOURS, drivers.neighbours(), Refresh.every(refresh)),
            new Step(Stage.ROUTES, drivers.routes(), Refresh.every(refresh))),
        List.of(
            drivers.sysctls()::onInterface,
            drivers.neighbours()::onInterface,
            drivers.routes()::onInterface));
  }
}
