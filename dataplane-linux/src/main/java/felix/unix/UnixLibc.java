package felix.unix;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import jnr.ffi.types.socklen_t;
import jnr.ffi.types.ssize_t;
import jnr.ffi.types.uintptr_t;

/**
 * The C library's calls for datagrams and for pages. A result of -1 means failure; the runtime
 * keeps why.
 *
 * <p>Public only because the classes that are generated for it could not see it otherwise.
 */
public interface UnixLibc {
  int socket(int domain, int type, int protocol);

  @ssize_t
  long sendto(
      int fd,
      @In ByteBuffer bytes,
      @size_t long length,
      int flags,
      @In ByteBuffer address,
      @socklen_t int addressLength);

  int close(int fd);

  int madvise(@uintptr_t long address, @size_t long length, int advice);
}
