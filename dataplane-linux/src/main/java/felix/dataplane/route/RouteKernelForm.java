package felix.dataplane.route;

import felix.dataplane.attached.AttachedKind;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.route.Route.Target;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How routes look in the kernel.
 *
 * @param workloadMetric of routes to interfaces themselves; 0 leaves it to the kernel
 */
public record RouteKernelForm(IpVersion version, int workloadMetric, RouteOwnership ownership)
    implements AttachedKind<Cidr, Route, RouteKey, RouteMessage> {
  /**
   * What the kernel makes of a route to IPv6 without one; 0 is not kept there. In IPv4 with this
   * one a blackhole stands behind that of a routing daemon for the same block.
   */
  private static final int METRIC = 1024;

  /** The kernel shows that IPv6 blackholes are on the loopback, whose number is always this. */
  private static final int LOOPBACK = 1;

  @Override
  public String interfaceName(Cidr destination, Route route) {
    return route.interfaceName();
  }

  @Override
  public RouteMessage attach(Cidr destination, Route route, int linkIndex) {
    int protocol = ownership.protocol(route.interfaceName());
    return switch (route.target()) {
      case Target.Interface(String name) ->
          new RouteMessage(
              RouteKey.main(destination, workloadMetric == 0 ? unicastMetric() : workloadMetric),
              new RouteKind(RouteMessage.TYPE_UNICAST, linkScope(), protocol),
              new NextHop(linkIndex, null, false),
              route.source());
      case Target.Gateway(Ip gateway, String name) ->
          new RouteMessage(
              RouteKey.main(destination, unicastMetric()),
              new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, protocol),
              new NextHop(linkIndex, gateway, true),
              route.source());
      case Target.Blackhole() ->
          new RouteMessage(
              RouteKey.main(destination, METRIC),
              new RouteKind(RouteMessage.TYPE_BLACKHOLE, RouteMessage.SCOPE_GLOBAL, protocol),
              new NextHop(blackholeLink(), null, false),
              null);
    };
  }

  @Override
  public @Nullable RouteMessage ofThisKind(RtnetlinkObject object) {
    return object instanceof RouteMessage route && route.key().destination().version() == version
        ? route
        : null;
  }

  @Override
  public RouteKey key(RouteMessage route) {
    return route.key();
  }

  @Override
  public int linkIndex(RouteMessage route) {
    return route.kind().type() == RouteMessage.TYPE_BLACKHOLE ? 0 : route.hop().linkIndex();
  }

  @Override
  public List<RouteMessage> list(Rtnetlink netlink) {
    return netlink.routes(version);
  }

  @Override
  public boolean isOurs(RouteMessage route, String interfaceName) {
    return ownership.includes(route, interfaceName);
  }

  /** The way to a workload of ours is nobody else's business; that to other hosts may be. */
  @Override
  public boolean yields(RouteMessage wanted) {
    return wanted.hop().gateway() != null || wanted.kind().type() == RouteMessage.TYPE_BLACKHOLE;
  }

  @Override
  public String conflict(RouteMessage wanted, RouteMessage other) {
    return "protocol "
        + other.kind().protocol()
        + (other.kind().protocol() == RouteMessage.PROTOCOL_BIRD ? " (BIRD)" : "")
        + " has a route there, which is left alone. If a routing daemon writes the routes between"
        + " hosts, ProgramClusterRoutes should be Disabled";
  }

  @Override
  public String describe(RouteMessage route, String interfaceName) {
    boolean blackhole = route.kind().type() == RouteMessage.TYPE_BLACKHOLE;
    return "route "
        + (blackhole ? "blackhole " : "")
        + route.key().destination()
        + (route.hop().gateway() == null ? "" : " via " + route.hop().gateway())
        + (interfaceName.equals(NO_INTERFACE) ? "" : " dev " + interfaceName)
        + " proto "
        + route.kind().protocol();
  }

  /** No plugin writes routes to other hosts. */
  @Override
  public boolean mayRemove(RouteMessage route, Duration knownFor) {
    return route.hop().gateway() != null || knownFor.compareTo(ownership.grace()) >= 0;
  }

  private int unicastMetric() {
    return switch (version) {
      case V4 -> 0;
      case V6 -> METRIC;
    };
  }

  private int linkScope() {
    return switch (version) {
      case V4 -> RouteMessage.SCOPE_LINK;
      case V6 -> RouteMessage.SCOPE_GLOBAL;
    };
  }

  private int blackholeLink() {
    return switch (version) {
      case V4 -> 0;
      case V6 -> LOOPBACK;
    };
  }
}
