package felix.dataplane.route;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.route.Route.RouteId;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.util.function.LongSupplier;

/**
 * The routes of one family in the main table. Lives on the dataplane thread.
 *
 * <p>{@link RouteOwnership} says which routes are ours after a restart. One that nobody wanted is
 * removed, but not before its interface has been known for a while. A wanted route to an interface
 * itself takes the place of whatever holds its destination; one to another host, or to nowhere,
 * waits until another's is gone: two who overwrite each other's routes would never end.
 */
public final class RouteDriver implements Driver {
  private final AttachedDriver<Cidr, Route, RouteKey, RouteMessage> driver;
  private final RouteClaims claims;

  public RouteDriver(
      IpVersion version, RouteOwnership ownership, Rtnetlink netlink, LongSupplier nanoTime) {
    this.driver =
        new AttachedDriver<>(
            "routes v" + version.number(),
            new RouteKernelForm(version, ownership),
            netlink,
            nanoTime);
    this.claims = new RouteClaims(version, driver.desired());
  }

  /** What an owner wants, under {@link Route#id}. */
  public Desired<RouteId, Route> desired(RouteOwner owner) {
    return claims.of(owner);
  }

  public void onInterface(InterfaceChange change) {
    driver.onInterface(change);
    claims.onInterface(change);
  }

  public void onEvent(RtnetlinkEvent event) {
    driver.onEvent(event);
  }

  @Override
  public void onEventsLost() {
    driver.onEventsLost();
  }

  @Override
  public boolean isInDoubt() {
    return driver.isInDoubt();
  }

  @Override
  public String name() {
    return driver.name();
  }

  @Override
  public void queueResync() {
    driver.queueResync();
  }

  @Override
  public ApplyOutcome apply() {
    return driver.apply();
  }

  @Override
  public long writes() {
    return driver.writes();
  }
}
