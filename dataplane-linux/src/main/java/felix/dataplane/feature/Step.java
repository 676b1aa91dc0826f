package felix.dataplane.feature;

import felix.dataplane.reconcile.Driver;
import java.util.function.BooleanSupplier;

/**
 * A driver and its place in an apply.
 *
 * @param refresh when it is to read the kernel anew
 * @param othersMayFollow asked after the driver ran: whether steps that need what it writes may run
 */
public record Step(Stage stage, Driver driver, Refresh refresh, BooleanSupplier othersMayFollow) {
  /** A step that nothing waits for. */
  public Step(Stage stage, Driver driver, Refresh refresh) {
    this(stage, driver, refresh, () -> true);
  }
}
