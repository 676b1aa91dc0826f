package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A conversation with the kernel about tracked connections. Belongs to one thread.
 *
 * <p>Every method throws {@link felix.dataplane.reconcile.KernelException} if there is no complete
 * answer; the next call starts afresh.
 */
public interface Conntrack extends AutoCloseable {
  /**
   * The connections of a family, in all zones.
   *
   * @param which those that matter; the others are not kept
   */
  List<ConntrackEntry> list(IpVersion version, Predicate<ConntrackEntry> which);

  /**
   * The connections that these addresses began or answer.
   *
   * @param version the family of all of them
   */
  List<ConntrackEntry> sentBy(IpVersion version, Set<Ip> addresses);

  /**
   * Deletes connections, each only if it is still the same one. One that has gone by itself counts
   * as deleted.
   *
   * @return what was refused
   */
  List<Kept> delete(List<ConntrackEntry> entries);

  @Override
  void close();

  /**
   * A connection that the kernel did not delete.
   *
   * @param words the kernel's explanation; empty if it gave none
   */
  record Kept(ConntrackEntry entry, Errno errno, String words) {}
}
