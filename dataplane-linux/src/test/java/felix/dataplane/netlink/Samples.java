package felix.dataplane.netlink;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;

/** Objects for tests. */
public final class Samples {
  private Samples() {}

  /** A route to something on a link, as it is for a workload. */
  public static RouteMessage route(String destination, int linkIndex) {
    return route(destination, linkIndex, 3);
  }

  public static RouteMessage route(String destination, int linkIndex, int protocol) {
    Cidr cidr = Cidr.parse(destination);
    boolean v4 = cidr.version() == IpVersion.V4;
    return new RouteMessage(
        RouteKey.main(cidr, v4 ? 0 : 1024),
        new RouteKind(
            RouteMessage.TYPE_UNICAST,
            v4 ? RouteMessage.SCOPE_LINK : RouteMessage.SCOPE_GLOBAL,
            protocol),
        new NextHop(linkIndex, null, false),
        null);
  }

  public static NeighbourMessage neighbour(String address, String mac, int linkIndex) {
    Ip ip = Ip.parse(address);
    return new NeighbourMessage(
        ip.version() == IpVersion.V4 ? NeighbourTable.ARP : NeighbourTable.NDP,
        linkIndex,
        NeighbourMessage.STATE_PERMANENT,
        0,
        ip,
        MacAddress.parse(mac));
  }

  /** A link that is down. */
  public static LinkMessage link(int index, String name) {
    return new LinkMessage(index, name, 0, new LinkSettings("veth", 1500, null, 0, 0));
  }

  public static Request add(RtnetlinkObject object) {
    return new Request(Request.Operation.ADD, object);
  }

  public static Request replace(RtnetlinkObject object) {
    return new Request(Request.Operation.REPLACE, object);
  }

  public static Request delete(RtnetlinkObject object) {
    return new Request(Request.Operation.DELETE, object);
  }
}
