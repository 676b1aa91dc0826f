package felix.dataplane.monitor;

import felix.dataplane.netlink.Rtnetlink;
import felix.model.Ip;
import java.util.List;
import java.util.Set;

/**
 * How an interface is now. Sent whenever any of it changed.
 *
 * @param index the kernel's number for it; another one than before means that the interface was
 *     made anew. 0 if it is gone
 * @param present whether there is such an interface
 * @param up whether it is operationally up: administratively up, and able to carry packets
 * @param mtuBytes 0 if it is gone
 * @param addresses of both families; empty if it is gone
 */
public record InterfaceChange(
    String name, int index, boolean present, boolean up, int mtuBytes, Set<Ip> addresses) {
  /** All interfaces that there are now. */
  public static List<InterfaceChange> all(Rtnetlink netlink) {
    return new InterfaceTable().replaceAll(netlink.links(), netlink.addresses());
  }

  public InterfaceChange {
    addresses = Set.copyOf(addresses);
  }
}
