package felix.dataplane;

import java.util.function.LongSupplier;

/** What health checks ask about the dataplane thread. Written by that thread, read by any. */
public final class DataplaneStatus {
  private final LongSupplier nanoTime;
  private volatile boolean inSync;
  private volatile long lastProgress;

  DataplaneStatus(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastProgress = nanoTime.getAsLong();
  }

  /**
   * Whether the kernel held all that was desired when last looked at. False before the first
   * snapshot, while the datastore is not ready, and while the kernel refuses something.
   */
  public boolean isInSync() {
    return inSync;
  }

  /** When the thread last got anywhere, by {@link System#nanoTime}. */
  public long lastProgress() {
    return lastProgress;
  }

  void inSync(boolean now) {
    inSync = now;
  }

  void progress() {
    lastProgress = nanoTime.getAsLong();
  }
}
