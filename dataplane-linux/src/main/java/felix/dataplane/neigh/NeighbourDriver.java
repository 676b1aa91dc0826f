package felix.dataplane.neigh;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.neigh.NeighbourKernelForm.LinkAddress;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Permanent neighbours of one family, so that workloads need not be asked for their MAC. Lives on
 * the dataplane thread.
 *
 * <p>Ours after a restart are all permanent entries on interfaces of ours; those that the kernel
 * learns are left alone.
 */
public final class NeighbourDriver implements Driver {
  private final AttachedDriver<NeighbourKey, MacAddress, LinkAddress, NeighbourMessage> driver;

  /**
   * Knows no interface yet.
   *
   * @param ourInterface told by the name
   */
  public NeighbourDriver(
      IpVersion version, Predicate<String> ourInterface, Rtnetlink netlink, LongSupplier nanoTime) {
    this.driver =
        new AttachedDriver<>(
            "neighbours v" + version.number(),
            new NeighbourKernelForm(version, ourInterface),
            netlink,
            nanoTime);
  }

  /** Who has an address of this family. */
  public Desired<NeighbourKey, MacAddress> desired() {
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
