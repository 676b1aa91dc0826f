package felix.unix;

import java.nio.ByteBuffer;

/**
 * The C library's calls for datagrams and for pages. A result of -1 means failure; the runtime
 * keeps why.
 *
 * <p>Public only because the classes that are generated for it could not see it otherwise.
 */
public interface UnixLibc {
  int socket(int domain, int type, int protocol);

  long sendto(
      int fd, ByteBuffer bytes, long length, int flags, ByteBuffer address, int addressLength);

  int close(int fd);

  int madvise(long address, long length, int advice);
}
