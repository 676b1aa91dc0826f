package felix.dataplane.netlink;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with the kernel about IP sets. Belongs to one thread.
 *
 * <p>Every method throws {@link felix.dataplane.reconcile.KernelException} if there is no complete
 * answer; the next call starts afresh.
 */
public interface IpSets extends AutoCloseable {
  /** Whether this kernel knows IP sets at all. */
  boolean areSupported();

  /**
   * Shows all sets of all owners with their members.
   *
   * @param readers gives a new reader for each attempt: others may disturb one
   * @return the reader that was shown everything
   */
  <R extends Reader> R list(Supplier<R> readers);

  /** All sets of all owners without their members. */
  List<ListedIpSet> headers();

  /**
   * Has the kernel carry out changes, in their order. One that is refused does not stop the others.
   *
   * @return what was refused
   */
  List<IpSetRefusal> run(List<IpSetRequest> requests);

  @Override
  void close();

  /** Takes sets as they are listed. */
  interface Reader {
    /**
     * Takes a set. Its members follow, before the next set.
     *
     * @return what is to take the members; null if they do not matter
     */
    @Nullable MemberReader take(ListedIpSet set);
  }

  /** Takes the members of a set. */
  interface MemberReader {
    /**
     * Takes a member.
     *
     * @param entry valid during the call only
     */
    void take(IpSetEntry entry);
  }
}
