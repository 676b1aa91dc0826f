package felix.dataplane.route;

import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.model.Cidr;
import java.util.function.Predicate;

/**
 * Which routes in the kernel are ours to keep or to remove: those of the main table to interfaces
 * of ours, whoever made them. Not the kernel's own, which it makes for addresses, and not the
 * link-local network.
 *
 * @param protocol the number that our routes carry ({@code DeviceRouteProtocol})
 * @param removeExternal whether routes with other numbers are ours as well ({@code
 *     RemoveExternalRoutes})
 * @param ourInterface told by the name
 */
public record RouteOwnership(int protocol, boolean removeExternal, Predicate<String> ourInterface) {
  private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/64");

  /** {@code RTN_LOCAL}, {@code _BROADCAST}, {@code _ANYCAST} and {@code _MULTICAST}. */
  private static final int FIRST_SPECIAL_TYPE = 2;

  private static final int LAST_SPECIAL_TYPE = 5;

  boolean includes(RouteMessage route, String interfaceName) {
    return ourInterface.test(interfaceName)
        && route.key().table() == RouteMessage.TABLE_MAIN
        && isRemovable(route.kind())
        && !route.key().destination().equals(LINK_LOCAL);
  }

  private boolean isRemovable(RouteKind kind) {
    boolean special = kind.type() >= FIRST_SPECIAL_TYPE && kind.type() <= LAST_SPECIAL_TYPE;
    return !special
        && (kind.protocol() == protocol
            || (removeExternal && kind.protocol() != RouteMessage.PROTOCOL_KERNEL));
  }
}
