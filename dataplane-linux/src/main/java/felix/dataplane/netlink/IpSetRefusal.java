package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;

/**
 * A change of an IP set that the kernel did not carry out.
 *
 * @param what the change, with the member to blame where it is about members
 */
public record IpSetRefusal(IpSetRequest request, String what, Errno errno) {
  public KernelException toException() {
    return new KernelException("ipset " + what, IpSetErrors.words(errno));
  }
}
