package felix.dataplane.netlink;

/**
 * A change that the kernel reports.
 *
 * @param object as it is now, or was at last
 * @param gone whether it was removed; else it is new or has changed
 */
public record RtnetlinkEvent(RtnetlinkObject object, boolean gone) {}
