package felix.dataplane.link;

import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a device that cannot be removed becomes what it was when the kernel made it. Pure. */
public final class LinkRelease {
  /** The kernel's own for {@code tunl0}: 1500 less a header. */
  private static final int ORIGINAL_MTU_BYTES = 1480;

  private final String name;
  private final Snapshot snapshot;

  LinkRelease(String name, Snapshot snapshot) {
    this.name = name;
    this.snapshot = snapshot;
  }

  /**
   * Whether {@code tunl0} is just as {@link LinkDriver} leaves it, and nobody else leads packets
   * through it: others use this device, too.
   *
   * @param mtuBytes what it gets from us; 0: any
   * @param routeProtocol the number of our routes to it
   */
  public static boolean mayRelease(Rtnetlink netlink, int mtuBytes, int routeProtocol) {
    var snapshot = Snapshot.of(netlink.links(), netlink.addresses(), Set.of());
    LinkMessage link = snapshot.named(LinkDriver.IPIP);
    return link != null
        && link.isUp()
        && hasMtuOf(link, mtuBytes)
        && hasOneAddressOfAHost(snapshot.addressesOf(link))
        && netlink.routes(IpVersion.V4).stream()
            .filter(route -> route.hop().linkIndex() == link.index())
            .map(route -> route.kind().protocol())
            .allMatch(p -> p == RouteMessage.PROTOCOL_KERNEL || p == routeProtocol);
  }

  /** Another MTU than the kernel's tells that it was set; which one may stand in the datastore. */
  private static boolean hasMtuOf(LinkMessage link, int mtuBytes) {
    int held = link.settings().mtuBytes();
    return mtuBytes == 0 || mtuBytes == held || held != ORIGINAL_MTU_BYTES;
  }

  private static boolean hasOneAddressOfAHost(List<AddressMessage> addresses) {
    return addresses.size() == 1
        && addresses.getFirst().prefixLength() == IpVersion.V4.bits()
        && addresses.getFirst().others().farEnd() == null;
  }

  /** What is to be taken back, in words. */
  List<String> lines() {
    LinkMessage link = snapshot.named(name);
    if (link == null) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    for (var address : snapshot.addressesOf(link)) {
      lines.add("address " + text(address) + " dev " + name);
    }
    if (link.isUp()) {
      lines.add("link state up of " + name);
    }
    if (link.settings().mtuBytes() != ORIGINAL_MTU_BYTES) {
      lines.add("link mtu " + link.settings().mtuBytes() + " of " + name);
    }
    return lines;
  }

  List<Repair> repairs() {
    LinkMessage link = snapshot.named(name);
    if (link == null) {
      return List.of();
    }
    var repairs = new ArrayList<Repair>();
    for (var address : snapshot.addressesOf(link)) {
      repairs.add(repair("remove " + text(address) + " from " + name, Operation.DELETE, address));
    }
    if (link.isUp()) {
      repairs.add(repair("set " + name + " down", Operation.CHANGE, held(link, 0)));
    }
    if (link.settings().mtuBytes() != ORIGINAL_MTU_BYTES) {
      String what = "set the MTU of " + name + " to " + ORIGINAL_MTU_BYTES;
      repairs.add(repair(what, Operation.CHANGE, held(link, ORIGINAL_MTU_BYTES)));
    }
    return repairs;
  }

  /** Without the flag of a link that is up: it goes down, or stays so. */
  private static LinkMessage held(LinkMessage link, int mtuBytes) {
    var settings = mtuBytes == 0 ? LinkSettings.NONE : new LinkSettings(null, mtuBytes, null, 0, 0);
    return new LinkMessage(link.index(), "", 0, settings);
  }

  private Repair repair(String what, Operation operation, RtnetlinkObject object) {
    return new Repair.Change(what, name, new Request(operation, object), false);
  }

  private static String text(AddressMessage address) {
    return address.address() + "/" + address.prefixLength();
  }
}
