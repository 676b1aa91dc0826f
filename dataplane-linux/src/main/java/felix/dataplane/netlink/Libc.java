package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.socklen_t;
import jnr.ffi.types.ssize_t;
import org.jspecify.annotations.Nullable;

/**
 * The C library's socket calls, what can be done with a socket, and memory. Direct buffers are
 * handed over without a copy. A result of -1 means failure; the runtime keeps why.
 *
 * <p>Public only because the classes that are generated for it could not see it otherwise.
 */
public interface Libc {
  int socket(int domain, int type, int protocol);

  int bind(int fd, @In ByteBuffer address, @socklen_t int addressLength);

  int setsockopt(int fd, int level, int name, @In ByteBuffer value, @socklen_t int valueLength);

  int getsockopt(int fd, int level, int name, ByteBuffer value, ByteBuffer valueLength);

  int getsockopt(int fd, int level, int name, Pointer value, ByteBuffer valueLength);

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

  Pointer mmap(
      @Nullable Pointer address,
      @size_t long length,
      int protection,
      int flags,
      int fd,
      @off_t long offset);

  int munmap(Pointer address, @size_t long length);
}
