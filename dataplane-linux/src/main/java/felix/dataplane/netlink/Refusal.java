package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;

/**
 * A request that the kernel did not carry out.
 *
 * @param words the kernel's explanation; empty if it gave none
 */
public record Refusal(Request request, Errno errno, String words) {
  public KernelException toException() {
    return new KernelException(
        request.toString(), words.isEmpty() ? errno.toString() : errno + ": " + words);
  }
}
