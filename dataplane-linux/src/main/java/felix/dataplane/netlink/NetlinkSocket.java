package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * An {@code AF_NETLINK} socket. Belongs to one thread: close it there as well, since the number of
 * a closed socket may soon be that of another one.
 *
 * <p>Options that old kernels lack (Linux 3.10 has neither EXT_ACK nor CAP_ACK) are asked for, not
 * demanded.
 */
final class NetlinkSocket implements DatagramPort {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int ADDRESS_BYTES = 12; // u16 family, u16 padding, u32 port, u32 groups

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;

  /** Has the kernel say how long a datagram is, whether or not it fits. */
  private static final int MSG_TRUNC = 0x20;

  private static final int MSG_DONTWAIT = 0x40;

  /** What is shorter is copied: memory beside the heap waits for the collector of the heap. */
  private static final int LARGE = 8 << 10;

  private final Libc libc = NativeLibc.LIBC;
  private final int fd;
  private final ByteBuffer datagram;
  private final ByteBuffer sender;
  private final ByteBuffer senderLength;

  private NetlinkSocket(int fd, int datagramBytes) {
    boolean large = datagramBytes >= LARGE;
    this.fd = fd;
    this.datagram = memory(datagramBytes, large);
    this.sender = memory(ADDRESS_BYTES, large);
    this.senderLength = memory(4, large);
  }

  static NetlinkSocket open(SocketOptions options) throws SocketException {
    int fd = NativeLibc.LIBC.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, options.protocol());
    check("socket", fd);
    var socket = new NetlinkSocket(fd, options.datagramBytes());
    try {
      socket.configure(options);
    } catch (SocketException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  private void configure(SocketOptions options) throws SocketException {
    check("set SO_RCVTIMEO", option(SOL_SOCKET, SO_RCVTIMEO, timeval(options.receiveTimeout())));
    ByteBuffer bufferBytes = number(options.receiveBufferBytes());
    if (option(SOL_SOCKET, SO_RCVBUFFORCE, bufferBytes) < 0) {
      check("set SO_RCVBUF", option(SOL_SOCKET, SO_RCVBUF, bufferBytes));
    }
    option(SOL_NETLINK, NETLINK_CAP_ACK, number(1));
    option(SOL_NETLINK, NETLINK_EXT_ACK, number(1));
    ByteBuffer address = memory(ADDRESS_BYTES, false);
    address.putShort(0, (short) AF_NETLINK).putInt(8, options.groups());
    check("bind", libc.bind(fd, address, ADDRESS_BYTES));
  }

  @Override
  public void send(ByteBuffer bytes) throws SocketException {
    long sent;
    do {
      sent = libc.send(fd, bytes, bytes.remaining(), 0);
    } while (sent < 0 && lastError().equals(Errno.EINTR));
    check("send", sent);
  }

  @Override
  public ByteBuffer receive() throws SocketException {
    return receive(MSG_TRUNC);
  }

  @Override
  public ByteBuffer receiveNow() throws SocketException {
    return receive(MSG_TRUNC | MSG_DONTWAIT);
  }

  private ByteBuffer receive(int flags) throws SocketException {
    while (true) {
      datagram.clear();
      senderLength.putInt(0, ADDRESS_BYTES);
      long length = libc.recvfrom(fd, datagram, datagram.capacity(), flags, sender, senderLength);
      if (length >= 0 && isFromKernel()) {
        return received(length);
      }
      if (length < 0) {
        Errno errno = lastError();
        if (errno.equals(Errno.EAGAIN)) {
          return datagram.limit(0);
        }
        if (!errno.equals(Errno.EINTR)) {
          throw new SocketException("receive", errno);
        }
      }
    }
  }

  @Override
  public void close() {
    libc.close(fd);
  }

  private ByteBuffer received(long length) throws SocketException {
    if (length > datagram.capacity()) {
      throw new SocketException("receive " + length + " bytes", new Errno(90));
    }
    return datagram.limit((int) length);
  }

  /** Other processes can send to our port; the kernel's is 0. */
  private boolean isFromKernel() {
    return sender.getInt(4) == 0;
  }

  private int option(int level, int name, ByteBuffer value) {
    return libc.setsockopt(fd, level, name, value, value.capacity());
  }

  private static ByteBuffer timeval(Duration duration) {
    return memory(16, false)
        .putLong(0, duration.getSeconds())
        .putLong(8, duration.getNano() / 1000);
  }

  private static ByteBuffer number(int value) {
    return memory(4, false).putInt(0, value);
  }

  private static ByteBuffer memory(int bytes, boolean direct) {
    ByteBuffer memory = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    return memory.order(ByteOrder.nativeOrder());
  }

  private static void check(String call, long result) throws SocketException {
    if (result < 0) {
      throw new SocketException(call, lastError());
    }
  }

  private static Errno lastError() {
    return NativeLibc.lastError();
  }
}
