package felix.unix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Runtime;

/**
 * Sends datagrams to a Unix socket, such as systemd's and syslog's. Never waits: a receiver that is
 * slow gets nothing. The receiver may come, go and come again. One thread at a time.
 */
public final class UnixDatagramSender implements AutoCloseable {
  // From <sys/socket.h> and <sys/un.h> of Linux.
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int LONGEST_PATH = 107;

  private final UnixLibc libc = LoadedLibc.LIBC;
  private final ByteBuffer address;
  private final int socket;

  private UnixDatagramSender(ByteBuffer address, int socket) {
    this.address = address;
    this.socket = socket;
  }

  /**
   * A sender, whether or not anybody receives yet.
   *
   * @param path of the socket; with {@code @} in front, a name outside of the file system
   * @throws IOException if it can be no such path, or no socket can be had
   */
  public static UnixDatagramSender to(String path) throws IOException {
    ByteBuffer address = address(path);
    int socket = LoadedLibc.LIBC.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      throw new IOException("no Unix socket: error " + lastError());
    }
    return new UnixDatagramSender(address, socket);
  }

  /**
   * Sends one datagram.
   *
   * @throws IOException if nobody receives, or not now
   */
  public void send(byte[] datagram) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(datagram.length).put(datagram).flip();
    long sent =
        libc.sendto(
            socket, bytes, datagram.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.limit());
    if (sent != datagram.length) {
      throw new IOException("the datagram was not taken: error " + lastError());
    }
  }

  @Override
  public void close() {
    libc.close(socket);
  }

  private static ByteBuffer address(String path) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    boolean known = path.startsWith("/") || (path.startsWith("@") && name.length > 1);
    if (!known || name.length > LONGEST_PATH || path.indexOf('\0') >= 0) {
      throw new IOException("no path of a Unix socket: " + path);
    }
    boolean isAbstract = name[0] == '@';
    if (isAbstract) {
      name[0] = 0;
    }
    int length = Short.BYTES + name.length + (isAbstract ? 0 : 1);
    ByteBuffer address = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    address.putShort((short) AF_UNIX).put(name).position(length);
    return address.flip();
  }

  private static int lastError() {
    return Runtime.getSystemRuntime().getLastError();
  }
}
