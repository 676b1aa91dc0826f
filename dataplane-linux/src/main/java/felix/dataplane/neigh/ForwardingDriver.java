package felix.dataplane.neigh;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.neigh.ForwardingKernelForm.LinkMac;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.model.Ip;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Where a VXLAN device sends frames: which host is behind a MAC. Lives on the dataplane thread.
 *
 * <p>Ours after a restart are all permanent entries of devices of ours; so those of a host that has
 * gone meanwhile are removed. Entries for flooding, with a MAC of zeros, are treated like any
 * other: we want none.
 */
public final class ForwardingDriver implements Driver {
  private final AttachedDriver<ForwardingKey, Ip, LinkMac, NeighbourMessage> driver;

  /**
   * Knows no interface yet.
   *
   * @param ourInterface told by the name
   */
  public ForwardingDriver(
      Predicate<String> ourInterface, Rtnetlink netlink, LongSupplier nanoTime) {
    this.driver =
        new AttachedDriver<>("fdb", new ForwardingKernelForm(ourInterface), netlink, nanoTime);
  }

  /** Behind which host's address a MAC is. */
  public Desired<ForwardingKey, Ip> desired() {
    return driver.desired();
  }

  public void onInterface(InterfaceChange change) {
    driver.onInterface(change);
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
