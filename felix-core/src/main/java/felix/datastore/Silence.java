package felix.datastore;

/** Notices that a watch says nothing. */
final class Silence {
  private final WatchLimits limits;
  private long heard = System.nanoTime();
  private long asked = heard;

  Silence(WatchLimits limits) {
    this.limits = limits;
  }

  void broken() {
    heard = System.nanoTime();
    asked = heard;
  }

  /** Whether the watch must be dead, whatever etcd says. */
  boolean isTooLong() {
    return System.nanoTime() - heard > limits.longestSilence().toNanos();
  }

  /** Whether to ask etcd now; true once in a while. */
  boolean isTimeToAsk() {
    long now = System.nanoTime();
    if (now - asked <= limits.silence().toNanos()) {
      return false;
    }
    asked = now;
    return true;
  }
}
