package felix.dataplane.reconcile;

import java.util.List;
import java.util.Set;

/**
 * Brings one kind of kernel object to what is desired of it. Lives on the dataplane thread.
 *
 * <p>Its apply reads back if a resync is queued, plans (pure), executes, and remembers on success
 * what the kernel now holds; on failure it queues a resync. A driver whose plan is empty makes no
 * system call that writes.
 */
public interface Driver {
  /** For logs, metrics and status: {@code iptables filter v4}. */
  String name();

  /** Has the next apply read the kernel before it trusts what it remembers. */
  void queueResync();

  /**
   * Has the kernel read though nothing points to a difference: it is time to look again. A driver
   * that can do so without holding up others reads beside them ({@link KernelRead}), and its next
   * apply after {@link #hasRead} compares.
   *
   * @return whether to call apply for it now
   */
  default boolean refresh() {
    queueResync();
    return true;
  }

  /** Whether something that was read beside waits for an apply. */
  default boolean hasRead() {
    return false;
  }

  /** Whether something is being read beside, and is not there yet: a write would spoil it. */
  default boolean isReading() {
    return false;
  }

  /**
   * Begins with the read that its first apply needs, if that can be done beside: called once,
   * before the dataplane thread runs.
   */
  default void readAhead() {}

  /**
   * Whether it has reason to read the kernel soon: it heard of something that contradicts what it
   * remembers. A queued resync ends the doubt. For drivers that hear of events.
   */
  default boolean isInDoubt() {
    return false;
  }

  /** Something happened that nobody heard of. Who goes by events is in doubt from now on. */
  default void onEventsLost() {}

  /**
   * Interfaces on which the kernel refuses single objects that are desired there. For drivers that
   * put such aside.
   */
  default Set<String> refused() {
    return Set.of();
  }

  /**
   * What of ours the kernel holds and nobody desires, a line an object, sorted: what the next apply
   * would remove. Reads the kernel if a resync is queued, and writes nothing.
   *
   * @throws KernelException if the kernel cannot be read
   */
  default List<String> unwanted() {
    return List.of();
  }

  /**
   * Brings the kernel to the desired state as far as that is possible now. Never throws for what
   * the kernel refuses.
   */
  ApplyOutcome apply();

  /**
   * How many times it has written to the kernel since the start, failures included: programs run,
   * requests sent. Reads do not count. Equal data must not raise it.
   */
  long writes();
}
