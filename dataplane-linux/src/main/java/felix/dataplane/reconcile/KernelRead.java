package felix.dataplane.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A read of what the kernel holds, beside the thread that owns the driver, so that no change waits
 * for it. All methods are that thread's; only the read itself runs elsewhere, shares nothing with
 * the driver, and ends in a value that does not change.
 *
 * <p>What is handed out was read wholly after the last {@link #forget}, which the driver calls
 * before each write: a read that was under way then may hold any mixture.
 */
public final class KernelRead<T> {
  /** What is older was read for an apply that did not come: others may have written since. */
  private static final Duration OLDEST = Duration.ofSeconds(10);

  private final Supplier<T> read;
  private final Executor beside;
  private final LongSupplier nanoTime;
  private @Nullable FutureTask<Found<T>> underWay;

  private record Found<T>(T value, long endedAt) {}

  /**
   * A read that has not begun.
   *
   * @param read throws a {@link KernelException} if it cannot
   * @param beside where it runs, or {@code Runnable::run} if it is to be done on the spot
   * @param nanoTime as {@link System#nanoTime}
   */
  public KernelRead(Supplier<T> read, Executor beside, LongSupplier nanoTime) {
    this.read = read;
    this.beside = beside;
    this.nanoTime = nanoTime;
  }

  /** Begins, unless one is under way, or has ended and was not looked at. */
  public void begin() {
    if (current() == null) {
      beside.execute(started());
    }
  }

  /** What was read up to now is worth nothing, and neither is what is being read. */
  public void forget() {
    if (underWay != null) {
      underWay.cancel(false);
      underWay = null;
    }
  }

  /** Whether one has begun and not ended. */
  public boolean isUnderWay() {
    return underWay != null && !underWay.isDone();
  }

  /** Whether there is something to look at. */
  public boolean hasEnded() {
    var task = current();
    return task != null && task.isDone();
  }

  /**
   * What was read, if that has ended; once.
   *
   * @throws KernelException if it could not be read
   */
  public Optional<T> poll() {
    return hasEnded() ? Optional.of(take()) : Optional.empty();
  }

  /**
   * What was read; waits for it, and reads on this thread what has not begun elsewhere.
   *
   * @throws KernelException if it could not be read
   */
  public T take() {
    var task = current();
    if (task == null) {
      task = started();
    }
    underWay = null;
    task.run(); // returns at once if it runs elsewhere
    return result(task);
  }

  private FutureTask<Found<T>> started() {
    var task = new FutureTask<>(() -> new Found<>(read.get(), nanoTime.getAsLong()));
    underWay = task;
    return task;
  }

  private @Nullable FutureTask<Found<T>> current() {
    if (underWay != null
        && underWay.state() == Future.State.SUCCESS
        && nanoTime.getAsLong() - underWay.resultNow().endedAt() > OLDEST.toNanos()) {
      underWay = null;
    }
    return underWay;
  }

  private static <T> T result(FutureTask<Found<T>> task) {
    try {
      return task.get().value();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("a supplier threw what it cannot", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelException("read the kernel", "the agent is stopping");
    }
  }
}
