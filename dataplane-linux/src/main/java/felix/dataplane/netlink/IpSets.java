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

  /** Takes the members of a set, and then the digest of all of them. */
  interface MemberReader {
    /** What no set has. */
    long NO_DIGEST = -1;

    /** Whether to show the members; else there is only their digest, which is had for less. */
    default boolean wantsMembers() {
      return true;
    }

    /**
     * Takes a member.
     *
     * @param entry valid during the call only
     */
    void take(IpSetEntry entry);

    /**
     * All were listed.
     *
     * @param digest the same as of any other list, of this process and of a set made the same way,
     *     only if that was of the same members; and the same again as long as nobody changes the
     *     set. Nobody outside this process can find a change that it does not tell, see {@link
     *     MembersDigest}.
     */
    default void end(long digest) {}
  }
}
