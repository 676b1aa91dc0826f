package felix.dataplane.reconcile;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How long the kernel or one of its programs has been at work for the threads that apply: time in
 * which several of them are counts once. What is read beside them ({@link ReaderThreads}) keeps
 * nobody waiting, and does not count. Any thread.
 */
public final class KernelTime {
  /** Time is looked at after the sum: what is added was not counted by another thread meanwhile. */
  private final AtomicReference<Work> work = new AtomicReference<>(new Work(0, 0, 0));

  /** One begins; {@link #end} must follow on the same thread. */
  public void begin() {
    if (!ReaderThreads.isOne()) {
      work.updateAndGet(so -> so.begun(System.nanoTime()));
    }
  }

  public void end() {
    if (!ReaderThreads.isOne()) {
      work.updateAndGet(so -> so.ended(System.nanoTime()));
    }
  }

  /** All of it so far. */
  public long nanos() {
    return requireNonNull(work.get()).until(System.nanoTime());
  }

  /**
   * The sum.
   *
   * @param working how many are at work
   * @param since when the first of these began
   * @param nanos before that
   */
  private record Work(int working, long since, long nanos) {
    Work begun(long now) {
      return new Work(working + 1, working == 0 ? now : since, nanos);
    }

    Work ended(long now) {
      return new Work(working - 1, since, working == 1 ? until(now) : nanos);
    }

    long until(long now) {
      return working == 0 ? nanos : nanos + now - since;
    }
  }
}
