package felix.dataplane.route;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.attached.KindDriver;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
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
 * removed; one without a gateway not before its interface has been known for a while, since it may
 * be that of a workload that we have not heard of yet. A wanted route to an interface itself takes
 * the place of whatever holds its destination; one to another host, or to nowhere, waits until
 * another's is gone: two who overwrite each other's routes would never end.
 */
public final class RouteDriver extends KindDriver<Cidr, Route> {
  private final Handovers handovers;
  private final RouteClaims claims;

  /** Whether the kernel may hold routes to workloads that we have not looked at. */
  private boolean unseen = true;

  /** Knows no interface yet, and has the kernel choose the metric of routes to workloads. */
  public RouteDriver(
      IpVersion version, RouteOwnership ownership, Rtnetlink netlink, LongSupplier nanoTime) {
    this(new RouteKernelForm(version, 0, ownership), VacatedAddresses.NONE, netlink, nanoTime);
  }

  /**
   * Knows no interface yet.
   *
   * @param form what routes look like
   * @param addresses told of those that workloads leave
   */
  public RouteDriver(
      RouteKernelForm form, VacatedAddresses addresses, Rtnetlink netlink, LongSupplier nanoTime) {
    super(new AttachedDriver<>("routes v" + form.version().number(), form, netlink, nanoTime));
    this.handovers = new Handovers(wishes(), addresses);
    this.claims = new RouteClaims(form.version(), handovers);
  }

  /** What an owner wants, under {@link Route#id}. */
  public Desired<RouteId, Route> desired(RouteOwner owner) {
    return claims.of(owner);
  }

  @Override
  public void onInterface(InterfaceChange change) {
    super.onInterface(change);
    claims.onInterface(change);
    unseen = true;
  }

  @Override
  public void queueResync() {
    super.queueResync();
    unseen = true;
  }

  @Override
  public ApplyOutcome apply() {
    return apply(this::settle);
  }

  /** Writes the routes that had to wait until their address was free. */
  public Driver takenOver() {
    return new TakenOver();
  }

  private void settle() {
    if (unseen) {
      held(this::found);
      unseen = false;
    }
    handovers.settle();
  }

  private void found(RtnetlinkObject object, String interfaceName) {
    if (object instanceof RouteMessage route
        && route.kind().type() == RouteMessage.TYPE_UNICAST
        && route.hop().gateway() == null) {
      handovers.found(route.key().destination(), interfaceName);
    }
  }

  /** The same routes, once more. */
  private final class TakenOver implements Driver {
    @Override
    public String name() {
      return RouteDriver.this.name() + " taken over";
    }

    @Override
    public void queueResync() {}

    @Override
    public ApplyOutcome apply() {
      boolean released = handovers.release();
      ApplyOutcome outcome = released ? RouteDriver.this.apply() : ApplyOutcome.IN_SYNC;
      return handovers.waiting() == 0
          ? outcome
          : new ApplyOutcome.NotReady(handovers.waiting() + " wait for their address");
    }

    /** Counted with the others. */
    @Override
    public long writes() {
      return 0;
    }
  }
}
