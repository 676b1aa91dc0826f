package felix.dataplane.attached;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The driver of one kind of object that hangs on interfaces: {@link AttachedDriver} without the
 * types of the kernel's side, which concern nobody else. Lives on the dataplane thread.
 *
 * @param <I> what tells wishes apart
 * @param <W> a wish
 */
public abstract class KindDriver<I, W> implements Driver {
  private final AttachedDriver<I, W, ?, ?> driver;

  protected KindDriver(AttachedDriver<I, W, ?, ?> driver) {
    this.driver = driver;
  }

  /** All that is wished for of this kind. */
  protected final Desired<I, W> wishes() {
    return driver.desired();
  }

  /** Shows what of ours the kernel holds, with the name of the interface that it is on. */
  protected final void held(BiConsumer<RtnetlinkObject, String> consumer) {
    driver.held(consumer::accept);
  }

  public void onInterface(InterfaceChange change) {
    driver.onInterface(change);
  }

  /** What somebody did to an object, perhaps we; what is not of this kind does not matter. */
  public final void onEvent(RtnetlinkEvent event) {
    driver.onEvent(event);
  }

  /** For metrics. */
  public final AttachedStatus status() {
    return driver.status();
  }

  @Override
  public final void onEventsLost() {
    driver.onEventsLost();
  }

  @Override
  public final boolean isInDoubt() {
    return driver.isInDoubt();
  }

  @Override
  public final String name() {
    return driver.name();
  }

  @Override
  public void queueResync() {
    driver.queueResync();
  }

  @Override
  public final Set<String> refused() {
    return driver.refused();
  }

  @Override
  public final List<String> unwanted() {
    return driver.unwanted();
  }

  @Override
  public ApplyOutcome apply() {
    return driver.apply();
  }

  /**
   * As {@link #apply()}.
   *
   * @param beforePlan called when what the kernel holds is known; it may change what is desired
   */
  protected final ApplyOutcome apply(Runnable beforePlan) {
    return driver.apply(beforePlan);
  }

  @Override
  public final long writes() {
    return driver.writes();
  }
}
