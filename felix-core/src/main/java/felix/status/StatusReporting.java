package felix.status;

import felix.datastore.StatusStore;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether and what the agent writes to the datastore. Without anything to write there is neither a
 * thread nor a connection.
 */
public final class StatusReporting {
  /** The name of the thread. */
  public static final String THREAD = "status";

  private final StatusKeys keys;
  private final EndpointBoard board;
  private final Supplier<StatusStore> stores;
  private final Consumer<Throwable> onFault;
  private final StatusWriter.Life life;

  /** Null while there is nothing to write. */
  private volatile @Nullable StatusWriter writer;

  /**
   * Writes nothing yet.
   *
   * @param stores makes a connection
   * @param onFault called by the writing thread for an exception that is a bug
   */
  public StatusReporting(
      StatusKeys keys,
      EndpointBoard board,
      Supplier<StatusStore> stores,
      Consumer<Throwable> onFault) {
    this(keys, board, stores, onFault, StatusWriter.BEFORE_FIRST);
  }

  StatusReporting(
      StatusKeys keys,
      EndpointBoard board,
      Supplier<StatusStore> stores,
      Consumer<Throwable> onFault,
      Duration beforeFirst) {
    this.keys = keys;
    this.board = board;
    this.stores = stores;
    this.onFault = onFault;
    this.life = new StatusWriter.Life(System.nanoTime(), beforeFirst, new AtomicBoolean());
  }

  /** From now on by this plan. One thread at a time; returns at once. */
  public void follow(ReportingPlan plan) {
    StatusWriter current = writer;
    if (current != null) {
      current.follow(plan);
      writer = plan.writesAnything() ? current : null;
    } else if (plan.writesAnything()) {
      start(plan);
    }
  }

  /** Another number after each piece of work, and always where there is none to do. */
  public long progress() {
    StatusWriter current = writer;
    return current == null ? System.nanoTime() : current.progress();
  }

  /** How many times the datastore did not take what it was to, since writing began. */
  public long failures() {
    StatusWriter current = writer;
    return current == null ? 0 : current.failures();
  }

  private void start(ReportingPlan plan) {
    var made = new StatusWriter(keys, board, stores.get(), new Random(), life);
    made.follow(plan);
    writer = made;
    var thread = new Thread(made::run, THREAD);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, fault) -> onFault.accept(fault));
    thread.start();
  }
}
