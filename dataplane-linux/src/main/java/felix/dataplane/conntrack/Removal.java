package felix.dataplane.conntrack;

import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.Conntrack.Kept;
import felix.dataplane.netlink.ConntrackEntry;
import felix.dataplane.reconcile.KernelException;
import java.util.List;

/** Deletes connections, all or with an exception. */
final class Removal {
  private Removal() {}

  static void of(List<ConntrackEntry> entries, Conntrack conntrack) {
    if (entries.isEmpty()) {
      return;
    }
    List<Kept> kept = conntrack.delete(entries);
    if (!kept.isEmpty()) {
      Kept first = kept.getFirst();
      throw new KernelException(
          "delete connection " + first.entry().original() + " and " + (kept.size() - 1) + " others",
          first.words().isEmpty()
              ? first.errno().toString()
              : first.errno() + ": " + first.words());
    }
  }
}
