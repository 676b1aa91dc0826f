package felix.dataplane.neigh;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.attached.KindDriver;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.Desired;
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
public final class NeighbourDriver extends KindDriver<NeighbourKey, MacAddress> {
  /**
   * Knows no interface yet.
   *
   * @param ourInterface told by the name
   */
  public NeighbourDriver(
      IpVersion version, Predicate<String> ourInterface, Rtnetlink netlink, LongSupplier nanoTime) {
    super(
        new AttachedDriver<>(
            "neighbours v" + version.number(),
            new NeighbourKernelForm(version, ourInterface),
            netlink,
            nanoTime));
  }

  /** Who has an address of this family. */
  public Desired<NeighbourKey, MacAddress> desired() {
    return wishes();
  }
}
