package felix.dataplane.netlink;

import java.time.Duration;

/**
 * How a netlink socket is opened.
 *
 * @param protocol {@code NETLINK_...}: which part of the kernel it reaches
 * @param groups bits of the multicast groups to join
 * @param receiveTimeout how long a receive waits
 * @param receiveBufferBytes how much the kernel may keep for us
 * @param datagramBytes how long a datagram may be
 */
record SocketOptions(
    int protocol, int groups, Duration receiveTimeout, int receiveBufferBytes, int datagramBytes) {
  static final int ROUTE = 0;
  static final int NETFILTER = 12;

  /**
   * A dump comes in pieces of 32 KiB; one message may be longer, but hardly this long: only a
   * device with hundreds of virtual functions has so much to tell, and nobody asks for those. All
   * of it is in memory, for each socket.
   */
  private static final int LONG_DATAGRAM = 64 << 10;

  /** For datagrams of any length. */
  SocketOptions(int protocol, int groups, Duration receiveTimeout, int receiveBufferBytes) {
    this(protocol, groups, receiveTimeout, receiveBufferBytes, LONG_DATAGRAM);
  }
}
