package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;

/** A system call on a netlink socket failed. */
final class SocketException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Errno errno;

  SocketException(String call, Errno errno) {
    super(call + ": " + errno);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }

  KernelException toKernelException(String operation) {
    return new KernelException(operation, String.valueOf(getMessage()));
  }
}
