package felix.dataplane.link;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RuleMessage;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel holds. A host has thousands of interfaces, and of each event it is asked whether
 * that is news, so nothing here looks at all of them.
 *
 * @param byName in the kernel's order
 * @param addresses by the index of the link that has them
 * @param offloading names of those devices that leave checksums to others though they should not
 */
record Snapshot(
    Map<String, LinkMessage> byName,
    Map<Integer, List<AddressMessage>> addresses,
    Set<String> offloading) {
  static final Snapshot EMPTY = of(List.of(), List.of(), Set.of());

  static Snapshot of(
      List<LinkMessage> links, List<AddressMessage> addresses, Set<String> offloading) {
    var byName = new LinkedHashMap<String, LinkMessage>();
    links.forEach(link -> byName.putIfAbsent(link.name(), link));
    return new Snapshot(
        Collections.unmodifiableMap(byName),
        addresses.stream().collect(Collectors.groupingBy(AddressMessage::linkIndex)),
        Set.copyOf(offloading));
  }

  Collection<LinkMessage> links() {
    return byName.values();
  }

  @Nullable LinkMessage named(String name) {
    return byName.get(name);
  }

  /** IPv4 only: the kernel gives a device its own ones for IPv6. */
  List<AddressMessage> addressesOf(LinkMessage link) {
    return addresses.getOrDefault(link.index(), List.of()).stream()
        .filter(address -> address.address().version() == IpVersion.V4)
        .toList();
  }

  /** Whether an interface is not as this says, as far as it matters to us. */
  boolean contradicts(InterfaceChange change) {
    LinkMessage link = named(change.name());
    if (link == null || !change.present()) {
      return change.present() || link != null;
    }
    Set<Ip> ipv4 =
        change.addresses().stream()
            .filter(address -> address.version() == IpVersion.V4)
            .collect(Collectors.toSet());
    return link.index() != change.index()
        || link.settings().mtuBytes() != change.mtuBytes()
        || link.isOperUp() != change.up()
        || !addressesOf(link).stream()
            .map(AddressMessage::address)
            .collect(Collectors.toSet())
            .equals(ipv4);
  }

  /** Whether what happened is about the device of this name and not as this says. */
  boolean contradicts(String name, RtnetlinkEvent event) {
    LinkMessage link = named(name);
    return switch (event.object()) {
      case LinkMessage told when link != null && told.index() == link.index() ->
          event.gone() || !isSame(link, told);
      case LinkMessage told -> told.name().equals(name) && !event.gone();
      case AddressMessage address ->
          link != null
              && address.linkIndex() == link.index()
              && address.address().version() == IpVersion.V4
              && addressesOf(link).contains(address) == event.gone();
      case NeighbourMessage neighbour -> false;
      case RouteMessage route -> false;
      case RuleMessage rule -> false;
    };
  }

  private static boolean isSame(LinkMessage one, LinkMessage two) {
    return one.name().equals(two.name())
        && one.isUp() == two.isUp()
        && one.settings().equals(two.settings())
        && Objects.equals(one.vxlan(), two.vxlan());
  }
}
