package felix.dataplane.reconcile;

import java.time.Duration;

/** How a driver's attempt to bring the kernel to the desired state ended. */
public sealed interface ApplyOutcome {
  ApplyOutcome IN_SYNC = new InSync();

  /** The kernel holds what is desired, as far as this driver knows. */
  record InSync() implements ApplyOutcome {}

  /**
   * Something that the driver does not make is missing, a device say. It is told when that comes;
   * no retry is needed.
   *
   * @param why for the log
   */
  record NotReady(String why) implements ApplyOutcome {}

  /**
   * The kernel holds what is desired except for objects that it refuses one by one; they are left
   * aside, so that all else goes on, and what builds on this driver may follow.
   *
   * @param after when to call apply again for their sake, even if nothing changed
   */
  record Partly(Duration after, Exception cause) implements ApplyOutcome {}

  /**
   * The kernel refused. The desired state stays; apply is to be called again.
   *
   * @param after how long to wait at least
   */
  record Retry(Duration after, Exception cause) implements ApplyOutcome {}
}
