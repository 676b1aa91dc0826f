package felix.dataplane.netlink;

import java.time.Duration;

/**
 * How a netlink socket is opened.
 *
 * @param protocol {@code NETLINK_...}: which part of the kernel it reaches
 * @param groups bits of the multicast groups to join
 * @param receiveTimeout how long a receive waits
 * @param receiveBufferBytes how much the kernel may keep for us
 */
record SocketOptions(int protocol, int groups, Duration receiveTimeout, int receiveBufferBytes) {
  static final int ROUTE = 0;
  static final int NETFILTER = 12;
}
