package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.socklen_t;
import jnr.ffi.types.ssize_t;

/**
 * The C library's socket calls, and what can be done with a socket. Direct buffers are handed over
 * without a copy. A result of -1 means failure; the runtime keeps why.
 *
 * <p>Public only because the classes that are generated for it could not see it otherwise.
 */
public interface Libc {
  int socket(int domain, int type, int protocol);

  int bind(int fd, @In ByteBuffer address, @socklen_t int addressLength);

  int setsockopt(int fd, int level, int name, @In ByteBuffer value, @socklen_t int valueLength);

  @ssize_t
  long send(int fd, @In ByteBuffer bytes, @size_t long length, int flags);

  @ssize_t
  long recvfrom(
      int fd,
      @Out ByteBuffer bytes,
      @size_t long length,
      int flags,
      @Out ByteBuffer address,
      ByteBuffer addressLength);

  int ioctl(int fd, long request, Pointer argument);

  int close(int fd);
}
