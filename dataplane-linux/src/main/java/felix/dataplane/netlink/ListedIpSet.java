package felix.dataplane.netlink;

/**
 * An IP set as the kernel lists it, before its members.
 *
 * @param references how many rules and sets name it
 * @param size how many members it has; {@link #UNKNOWN} before Linux 4.9
 */
public record ListedIpSet(String name, IpSetHeader header, int references, int size) {
  static final int UNKNOWN = -1;
}
