package felix.dataplane.netlink;

import java.time.Duration;

/**
 * How a netlink socket is opened.
 *
 * @param groups bits of the multicast groups to join
 * @param receiveTimeout how long a receive waits
 * @param receiveBufferBytes how much the kernel may keep for us
 */
record SocketOptions(int groups, Duration receiveTimeout, int receiveBufferBytes) {}
