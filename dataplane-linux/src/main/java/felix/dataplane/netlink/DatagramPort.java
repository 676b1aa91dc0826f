package felix.dataplane.netlink;

import java.nio.ByteBuffer;

/** Bytes to and from the kernel. Belongs to one thread. */
interface DatagramPort extends AutoCloseable {
  /** Sends what is between position and limit, as one datagram. */
  void send(ByteBuffer datagram) throws SocketException;

  /**
   * Waits for a datagram, as long as the port's time limit allows.
   *
   * @return it, valid until the next call; empty if none came
   * @throws SocketException among others with ENOBUFS, if datagrams were lost
   */
  ByteBuffer receive() throws SocketException;

  /** As {@link #receive}, but without waiting. */
  ByteBuffer receiveNow() throws SocketException;

  @Override
  void close();
}
