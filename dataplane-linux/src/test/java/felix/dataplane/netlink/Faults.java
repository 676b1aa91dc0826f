package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.util.function.Predicate;

/** What a fake kernel does wrong. */
final class Faults {
  private Predicate<Request> refused = request -> false;
  private Errno errno = new Errno(0);
  private int dumpsToInterrupt;
  private int dumps;

  void refuse(Predicate<Request> which, Errno reason) {
    refused = which;
    errno = reason;
  }

  void interruptDumps(int count) {
    dumpsToInterrupt = count;
  }

  void heal() {
    refused = request -> false;
    dumpsToInterrupt = 0;
  }

  /** The number 0 if it is not refused. */
  Errno verdict(Request request) {
    return refused.test(request) ? errno : new Errno(0);
  }

  int dumps() {
    return dumps;
  }

  void beforeDump() {
    dumps++;
    if (dumpsToInterrupt > 0) {
      dumpsToInterrupt--;
      throw new KernelException("list", "interrupted 10 times");
    }
  }
}
