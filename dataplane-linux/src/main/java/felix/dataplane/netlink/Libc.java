package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The C library's socket calls, what can be done with a socket, and memory. Direct buffers are
 * handed over without a copy. A result of -1 means failure; the runtime keeps why. Sizes are those
 * of 64 bits, and nothing is annotated: each kind of annotation is a class that is made when this
 * is loaded.
 *
 * <p>Public only because the classes that are generated for it could not see it otherwise.
 */
public interface Libc {
  int socket(int domain, int type, int protocol);

  int bind(int fd, ByteBuffer address, int addressLength);

  int setsockopt(int fd, int level, int name, ByteBuffer value, int valueLength);

  int getsockopt(int fd, int level, int name, ByteBuffer value, ByteBuffer valueLength);

  int getsockopt(int fd, int level, int name, Pointer value, ByteBuffer valueLength);

  long send(int fd, ByteBuffer bytes, long length, int flags);

  long recvfrom(
      int fd,
      ByteBuffer bytes,
      long length,
      int flags,
      ByteBuffer address,
      ByteBuffer addressLength);

  int ioctl(int fd, long request, Pointer argument);

  int close(int fd);

  Pointer mmap(
      @Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

  int munmap(Pointer address, long length);
}
