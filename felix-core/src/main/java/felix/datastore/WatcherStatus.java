package felix.datastore;

import felix.count.Count;

/** What others ask about the etcd thread. Written by that thread, read by any. */
public final class WatcherStatus {
  private volatile long lastProgress = System.nanoTime();
  private volatile boolean connected;
  private volatile int listings;
  private volatile long revision;
  private volatile Sync sync = Sync.NOT_STARTED;
  private final Count resyncs = new Count();

  /** How far what we know is that of etcd. */
  public enum Sync {
    NOT_STARTED,
    /** There is no connection. */
    WAITING,
    /** Everything is being read. */
    RESYNC,
    /** Every change is taken over as it comes. */
    IN_SYNC
  }

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

  public Sync sync() {
    return sync;
  }

  /** How often reading the whole datastore was begun. */
  public long resyncs() {
    return resyncs.get();
  }

  void resyncing() {
    resyncs.increment();
    sync = Sync.RESYNC;
  }

  void revision(long reached) {
    revision = reached;
  }

  void progress() {
    lastProgress = System.nanoTime();
  }

  void connected(boolean now) {
    connected = now;
    sync = now ? Sync.IN_SYNC : Sync.WAITING;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void listed() {
    listings++;
  }
}
