package felix.dataplane.reconcile;

/**
 * How long the kernel or one of its programs has been at work for us: time in which several of them
 * are counts once. Any thread.
 */
public final class KernelTime {
  private int working;
  private long since;
  private long nanos;

  /** One begins; {@link #end} must follow. */
  public synchronized void begin() {
    if (working++ == 0) {
      since = System.nanoTime();
    }
  }

  public synchronized void end() {
    if (--working == 0) {
      nanos += System.nanoTime() - since;
    }
  }

  /** All of it so far. */
  public synchronized long nanos() {
    return working == 0 ? nanos : nanos + System.nanoTime() - since;
  }
}
