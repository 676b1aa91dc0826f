package felix.dataplane.route;

import felix.dataplane.attached.AttachedKind;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.Rtnetlink;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;

/** How routes look in the kernel. */
record RouteKernelForm(IpVersion version, RouteOwnership ownership)
    implements AttachedKind<Cidr, Route, RouteKey, RouteMessage> {
  /**
   * The plugin that made the interface adds the route before we hear of the endpoint; it must not
   * be taken away in between.
   */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** What the kernel makes of a route to IPv6 without one; 0 is not kept there. */
  private static final int METRIC_V6 = 1024;

  @Override
  public String interfaceName(Cidr destination, Route route) {
    return route.interfaceName();
  }

  @Override
  public RouteMessage attach(Cidr destination, Route route, int linkIndex) {
    int metric =
        switch (version) {
          case V4 -> 0;
          case V6 -> METRIC_V6;
        };
    int scope =
        switch (version) {
          case V4 -> RouteMessage.SCOPE_LINK;
          case V6 -> RouteMessage.SCOPE_GLOBAL;
        };
    return new RouteMessage(
        RouteKey.main(destination, metric),
        new RouteKind(RouteMessage.TYPE_UNICAST, scope, ownership.protocol()),
        new NextHop(linkIndex, null, false),
        route.source());
  }

  @Override
  public RouteKey key(RouteMessage route) {
    return route.key();
  }

  @Override
  public int linkIndex(RouteMessage route) {
    return route.hop().linkIndex();
  }

  @Override
  public List<RouteMessage> list(Rtnetlink netlink) {
    return netlink.routes(version);
  }

  @Override
  public boolean isOurs(RouteMessage route, String interfaceName) {
    return ownership.includes(route, interfaceName);
  }

  @Override
  public boolean mayRemove(RouteMessage route, Duration knownFor) {
    return knownFor.compareTo(GRACE) >= 0;
  }
}
