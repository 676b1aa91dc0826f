package felix.dataplane.monitor;

import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RuleMessage;
import felix.model.IpVersion;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which events may concern us, so that the routes of a whole Internet and the neighbours of a busy
 * network end before the ring. Pure, and cheap. Whoever gets the events knows better.
 *
 * @param families of which there is a dataplane
 * @param workloadInterface told by the name
 * @param tunnels names of devices of ours
 * @param routeProtocol the number that only our routes carry, wherever they lead
 */
public record EventFilter(
    Set<IpVersion> families,
    Predicate<String> workloadInterface,
    Set<String> tunnels,
    int routeProtocol) {
  public EventFilter {
    families = Set.copyOf(families);
    tunnels = Set.copyOf(tunnels);
  }

  /**
   * Whether it may concern us.
   *
   * @param interfaceName by index; null for one that is not there, or not any more: who hears that
   *     it is gone needs not hear what went with it
   */
  boolean lets(RtnetlinkEvent event, IntFunction<@Nullable String> interfaceName) {
    return switch (event.object()) {
      case LinkMessage link -> tunnels.contains(link.name());
      case AddressMessage address -> isTunnel(interfaceName.apply(address.linkIndex()));
      case NeighbourMessage neighbour ->
          isWatched(neighbour.table()) && isOurs(interfaceName.apply(neighbour.linkIndex()));
      case RouteMessage route ->
          route.key().table() == RouteMessage.TABLE_MAIN
              && (route.kind().protocol() == routeProtocol
                  || isOurs(interfaceName.apply(route.hop().linkIndex())));
      case RuleMessage rule -> false;
    };
  }

  private boolean isWatched(NeighbourTable table) {
    return switch (table) {
      case ARP, FORWARDING -> true;
      case NDP -> families.contains(IpVersion.V6);
    };
  }

  private boolean isOurs(@Nullable String name) {
    return name != null && (tunnels.contains(name) || workloadInterface.test(name));
  }

  private boolean isTunnel(@Nullable String name) {
    return name != null && tunnels.contains(name);
  }
}
