package felix.dataplane.link;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.Ethtool;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Brings our tunnel devices to what is wished of them. Lives on the dataplane thread.
 *
 * <p>Ours after a restart are the devices with our two names, whatever they are.
 */
public final class LinkDriver implements Driver {
  /** Made by us, and removed where nobody wishes for it. */
  public static final String VXLAN = "vxlan.calico";

  /** The kernel's own, which comes with its module and cannot be removed. */
  public static final String IPIP = "tunl0";

  private final Map<String, LinkWish> wishes = new HashMap<>();

  /**
   * Knows nothing of the kernel yet.
   *
   * @param commands to load a module that the kernel does not find by itself
   * @param nanoTime as {@link System#nanoTime}
   */
  public LinkDriver(
      Rtnetlink netlink, Ethtool ethtool, CommandRunner commands, LongSupplier nanoTime) {}

  @Override
  public String name() {
    return "links";
  }

  /** Wishes by name: {@link #VXLAN} and {@link #IPIP}, no others. */
  public Desired<String, LinkWish> desired() {
    return new Desired<>() {
      @Override
      public void set(String name, LinkWish wish) {
        wishes.put(name, wish);
      }

      @Override
      public void remove(String name) {
        wishes.remove(name);
      }

      @Override
      public void replaceAll(Map<String, LinkWish> all) {
        wishes.clear();
        wishes.putAll(all);
      }
    };
  }

  public void onInterface(InterfaceChange change) {}

  /** Has the kernel read again if this is not as we believe it to be. */
  public void onEvent(RtnetlinkEvent event) {}

  @Override
  public void queueResync() {}

  @Override
  public ApplyOutcome apply() {
    return ApplyOutcome.IN_SYNC;
  }

  @Override
  public long writes() {
    return 0;
  }
}
