package felix.datastore;

/** What others ask about the etcd thread. Written by that thread, read by any. */
public final class WatcherStatus {
  private volatile long lastProgress = System.nanoTime();
  private volatile boolean connected;
  private volatile int listings;
  private volatile long revision;

  /** When the thread last got anywhere, if only to find that nothing happened; nanoTime. */
  public long lastProgressNanos() {
    return lastProgress;
  }

  /** Whether a watch stands. */
  public boolean isConnected() {
    return connected;
  }

  /** How often the whole datastore was read. */
  public int listings() {
    return listings;
  }

  /** Up to which everything was taken over. */
  public long revision() {
    return revision;
  }

  void revision(long reached) {
    revision = reached;
  }

  void progress() {
    lastProgress = System.nanoTime();
  }

  void connected(boolean now) {
    connected = now;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void listed() {
    listings++;
  }
}
