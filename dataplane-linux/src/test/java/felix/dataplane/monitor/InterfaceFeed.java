package felix.dataplane.monitor;

import felix.dataplane.netlink.Rtnetlink;
import java.util.List;
import java.util.function.Consumer;

/** Tells drivers what became of a lab's links, when a test wants it. */
public final class InterfaceFeed {
  private final Rtnetlink netlink;
  private final InterfaceTable table = new InterfaceTable();

  public InterfaceFeed(Rtnetlink netlink) {
    this.netlink = netlink;
  }

  /** Tells all that changed since the last time. */
  public void tell(Consumer<InterfaceChange> driver) {
    List<InterfaceChange> changes = table.replaceAll(netlink.links(), netlink.addresses());
    changes.forEach(driver);
  }
}
