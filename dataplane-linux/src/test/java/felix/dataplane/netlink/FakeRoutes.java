package felix.dataplane.netlink;

import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Routes by key, in the order in which they were made. */
final class FakeRoutes {
  private static final Errno CARRIED_OUT = new Errno(0);
  private static final int DEFAULT_METRIC_V6 = 1024;

  private final FakeKernel kernel;
  private final Map<RouteKey, List<RouteMessage>> routes = new LinkedHashMap<>();

  FakeRoutes(FakeKernel kernel) {
    this.kernel = kernel;
  }

  List<RouteMessage> list(IpVersion version) {
    return routes.values().stream()
        .flatMap(List::stream)
        .filter(route -> route.key().destination().version() == version)
        .sorted(Comparator.comparing(route -> route.key().destination()))
        .toList();
  }

  /** A link went down, or away. */
  void flush(int linkIndex) {
    for (var version : IpVersion.values()) {
      flush(linkIndex, version);
    }
  }

  /** What becomes of IPv4 routes then, the kernel does not say. */
  void flush(int linkIndex, IpVersion version) {
    for (var same : routes.values()) {
      var flushed =
          same.stream()
              .filter(route -> route.hop().linkIndex() == linkIndex)
              .filter(route -> route.key().destination().version() == version)
              .toList();
      same.removeAll(flushed);
      if (version == IpVersion.V6) {
        flushed.forEach(route -> kernel.report(route, true));
      }
    }
  }

  Errno execute(Request.Operation operation, RouteMessage asked) {
    RouteMessage route = asKept(asked);
    if (operation == Request.Operation.DELETE) {
      return delete(route);
    }
    Errno problem = route.hop().linkIndex() == 0 ? null : kernel.unusable(route.hop().linkIndex());
    if (problem != null) {
      return problem;
    }
    if (isImpossible(route)) {
      return Errno.EINVAL;
    }
    if (route.preferredSource() != null && !kernel.isLocal(route.preferredSource())) {
      return Errno.EINVAL;
    }
    List<RouteMessage> same = routes.computeIfAbsent(route.key(), key -> new ArrayList<>());
    if (same.isEmpty()) {
      same.add(route);
      kernel.report(route, false);
      return CARRIED_OUT;
    }
    return operation == Request.Operation.ADD ? Errno.EEXIST : replace(same, route);
  }

  /** The first one gives way, unless the new one already stands behind it. */
  private Errno replace(List<RouteMessage> same, RouteMessage route) {
    if (same.subList(1, same.size()).contains(route)) {
      return Errno.EEXIST;
    }
    same.set(0, route);
    kernel.report(route, false);
    return CARRIED_OUT;
  }

  private Errno delete(RouteMessage route) {
    List<RouteMessage> same = routes.getOrDefault(route.key(), List.of());
    if (!same.contains(route)) {
      return Errno.ESRCH;
    }
    same.remove(route);
    kernel.report(route, true);
    return CARRIED_OUT;
  }

  /** Via this host itself, or to nowhere and yet to a link. */
  private boolean isImpossible(RouteMessage route) {
    Ip gateway = route.hop().gateway();
    boolean toNowhere = route.kind().type() == RouteMessage.TYPE_BLACKHOLE;
    boolean v4 = route.key().destination().version() == IpVersion.V4;
    return (gateway != null && kernel.isLocal(gateway))
        || (toNowhere && v4 && route.hop().linkIndex() != 0);
  }

  /** IPv6 routes have a metric and no scope, and blackholes are on the loopback. */
  private static RouteMessage asKept(RouteMessage route) {
    RouteKey key = route.key();
    if (key.destination().version() == IpVersion.V4) {
      return route;
    }
    int metric = key.metric() == 0 ? DEFAULT_METRIC_V6 : key.metric();
    return new RouteMessage(
        new RouteKey(key.table(), key.destination(), key.source(), key.tos(), metric),
        new RouteKind(route.kind().type(), RouteMessage.SCOPE_GLOBAL, route.kind().protocol()),
        route.kind().type() == RouteMessage.TYPE_BLACKHOLE
            ? new NextHop(FakeKernel.LOOPBACK_INDEX, null, false)
            : route.hop(),
        route.preferredSource());
  }
}
