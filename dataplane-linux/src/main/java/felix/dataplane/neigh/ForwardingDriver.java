package felix.dataplane.neigh;

import felix.dataplane.attached.AttachedDriver;
import felix.dataplane.attached.KindDriver;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.Desired;
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
public final class ForwardingDriver extends KindDriver<ForwardingKey, Ip> {
  /**
   * Knows no interface yet.
   *
   * @param ourInterface told by the name
   */
  public ForwardingDriver(
      Predicate<String> ourInterface, Rtnetlink netlink, LongSupplier nanoTime) {
    super(new AttachedDriver<>("fdb", new ForwardingKernelForm(ourInterface), netlink, nanoTime));
  }

  /** Behind which host's address a MAC is. */
  public Desired<ForwardingKey, Ip> desired() {
    return wishes();
  }
}
