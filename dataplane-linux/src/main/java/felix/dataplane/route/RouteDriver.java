package felix.dataplane.route;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.attached.KindDriver;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.route.Route.RouteId;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.util.function.LongSupplier;

/**
 * The routes of one family in the main table. Lives on the dataplane thread.
 *
 * <p>{@link RouteOwnership} says which routes are ours after a restart. One that nobody wanted is
 * removed; one without a gateway not before its interface has been known for a while, since it may
 * be that of a workload that we have not heard of yet. A wanted route to an interface itself takes
 * the place of whatever holds its destination; one to another host, or to nowhere, waits until
 * another's is gone: two who overwrite each other's routes would never end.
 */
public final class RouteDriver extends KindDriver<Cidr, Route> {
  private final RouteClaims claims;

  /** Knows no interface yet, and has the kernel choose the metric of routes to workloads. */
  public RouteDriver(
      IpVersion version, RouteOwnership ownership, Rtnetlink netlink, LongSupplier nanoTime) {
    this(version, 0, ownership, netlink, nanoTime);
  }

  /**
   * Knows no interface yet.
   *
   * @param workloadMetric of routes to workloads; 0 leaves it to the kernel
   */
  public RouteDriver(
      IpVersion version,
      int workloadMetric,
      RouteOwnership ownership,
      Rtnetlink netlink,
      LongSupplier nanoTime) {
    super(
        new AttachedDriver<>(
            "routes v" + version.number(),
            new RouteKernelForm(version, workloadMetric, ownership),
            netlink,
            nanoTime));
    this.claims = new RouteClaims(version, wishes());
  }

  /** What an owner wants, under {@link Route#id}. */
  public Desired<RouteId, Route> desired(RouteOwner owner) {
    return claims.of(owner);
  }

  @Override
  public void onInterface(InterfaceChange change) {
    super.onInterface(change);
    claims.onInterface(change);
  }
}
