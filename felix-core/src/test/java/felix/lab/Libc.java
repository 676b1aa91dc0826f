package felix.lab;

import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The calls that Java has no words for: network namespaces and packet sockets. Numbers are those of
 * Linux on x86-64 and arm64. Public because jnr-ffi implements it from another class loader.
 */
public interface Libc {
  Libc INSTANCE = LibraryLoader.create(Libc.class).load("c");

  int CLONE_NEWNET = 0x40000000;
  int AF_INET = 2;
  int AF_PACKET = 17;
  int SOCK_RAW = 3;
  int SOL_SOCKET = 1;
  int SO_RCVBUFFORCE = 33;
  int MSG_DONTWAIT = 0x40;
  int EPERM = 1;

  int open(String path, int flags);

  int close(int fd);

  int setns(int fd, int type);

  int socket(int family, int type, int protocol);

  int bind(int fd, @In byte[] address, int length);

  int setsockopt(int fd, int level, int option, @In byte[] value, int length);

  int if_nametoindex(String name);

  long send(int fd, @In byte[] data, long length, int flags);

  long sendto(
      int fd, @In byte[] data, long length, int flags, @In byte[] address, int addressLength);

  long recvfrom(
      int fd,
      @Out byte[] data,
      long length,
      int flags,
      @Out byte[] address,
      @In @Out int[] addressLength);

  /** The result of a call that must not fail. */
  static int check(String call, int result) {
    if (result < 0) {
      throw new LabException(call + ": errno " + lastError());
    }
    return result;
  }

  /** Of this thread's last call that failed. */
  static int lastError() {
    return jnr.ffi.Runtime.getRuntime(INSTANCE).getLastError();
  }
}
