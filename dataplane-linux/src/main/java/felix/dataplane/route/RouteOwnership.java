package felix.dataplane.route;

import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.model.Cidr;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Which routes in the kernel are ours to keep or to remove: those of the main table to interfaces
 * of ours, whoever made them, and elsewhere those with a number that only we use. Not the kernel's
 * own, which it makes for addresses, and not the link-local network.
 *
 * @param protocol the number that our routes to interfaces of ours carry ({@code
 *     DeviceRouteProtocol})
 * @param removeExternal whether routes with other numbers are ours as well, on interfaces of ours
 *     ({@code RemoveExternalRoutes})
 * @param ourInterface told by the name: workloads' and {@code vxlan.calico}
 * @param grace for how long an interface must have been known before a route to it that nobody
 *     wants goes: the plugin that made the interface adds the route before we hear of the endpoint
 */
public record RouteOwnership(
    int protocol, boolean removeExternal, Predicate<String> ourInterface, Duration grace) {
  private static final Duration USUAL_GRACE = Duration.ofSeconds(10);

  private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/64");

  /** {@code RTPROT_BOOT}: of scripts and operators, too. */
  private static final int PROTOCOL_BOOT = 3;

  /** Today's Felix's where {@code DeviceRouteProtocol} could be anybody's. */
  private static final int PROTOCOL_ELSEWHERE = 80;

  /** {@code RTN_LOCAL}, {@code _BROADCAST}, {@code _ANYCAST} and {@code _MULTICAST}. */
  private static final int FIRST_SPECIAL_TYPE = 2;

  private static final int LAST_SPECIAL_TYPE = 5;

  /** With the usual grace. */
  public RouteOwnership(int protocol, boolean removeExternal, Predicate<String> ourInterface) {
    this(protocol, removeExternal, ourInterface, USUAL_GRACE);
  }

  /** The number that a route of ours to this interface, or to none, carries. */
  int protocol(String interfaceName) {
    return ourInterface.test(interfaceName) ? protocol : protocolElsewhere(protocol);
  }

  /**
   * The number that routes of ours carry where interfaces are not ours: one that only we use.
   *
   * @param protocol that of routes to interfaces of ours
   */
  public static int protocolElsewhere(int protocol) {
    return protocol == PROTOCOL_BOOT ? PROTOCOL_ELSEWHERE : protocol;
  }

  boolean includes(RouteMessage route, String interfaceName) {
    return route.key().table() == RouteMessage.TABLE_MAIN
        && hasOurNumber(route.kind(), interfaceName)
        && !isSpecial(route.kind())
        && !route.key().destination().equals(LINK_LOCAL);
  }

  private boolean hasOurNumber(RouteKind kind, String interfaceName) {
    return kind.protocol() == protocol(interfaceName)
        || (removeExternal
            && ourInterface.test(interfaceName)
            && kind.protocol() != RouteMessage.PROTOCOL_KERNEL);
  }

  private static boolean isSpecial(RouteKind kind) {
    return kind.type() >= FIRST_SPECIAL_TYPE && kind.type() <= LAST_SPECIAL_TYPE;
  }
}
