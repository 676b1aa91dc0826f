package felix.bench.fleet;

import felix.calc.ring.DatastoreSink;
import felix.datastore.EtcdConnector;
import felix.datastore.EtcdSettings;
import felix.datastore.EtcdWatcher;
import felix.datastore.Quarantine;
import felix.model.ResourceUpdate;
import java.net.URI;
import java.util.List;

/** The part of an agent that etcd sees: lists everything, then watches. Keeps only a count. */
final class Follower implements DatastoreSink, AutoCloseable {
  private final EtcdWatcher watcher;
  private volatile int listed = -1;
  private volatile int updated;

  Follower(URI etcd) {
    var connector = new EtcdConnector(new EtcdSettings(List.of(etcd)));
    watcher = new EtcdWatcher(connector, this, new Quarantine(), Follower::fail);
  }

  void start() {
    watcher.start();
  }

  /** Whether all keys were read, of which there are so many, and the watch stands. */
  boolean follows(int keys) {
    return listed >= keys && watcher.status().isConnected();
  }

  /** How many changes it heard of since. */
  int updated() {
    return updated;
  }

  @Override
  public void snapshot(long revision, List<ResourceUpdate> resources) {
    listed = resources.size();
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  public void updates(long revision, List<ResourceUpdate> updates, long received) {
    updated += updates.size();
  }

  @Override
  public void close() {
    watcher.close();
  }

  private static void fail(Throwable fault) {
    throw new IllegalStateException(fault);
  }
}
