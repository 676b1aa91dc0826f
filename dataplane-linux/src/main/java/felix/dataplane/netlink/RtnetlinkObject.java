package felix.dataplane.netlink;

/** Something that rtnetlink lists, adds, removes and reports on. */
public sealed interface RtnetlinkObject
    permits LinkMessage, AddressMessage, RouteMessage, NeighbourMessage, RuleMessage {}
