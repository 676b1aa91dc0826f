package felix.datastore;

import org.jspecify.annotations.Nullable;

/**
 * The connection to etcd, made anew when asked to: the transport's own pauses between its attempts
 * grow to two minutes. One thread at a time.
 */
public final class EtcdConnector implements AutoCloseable {
  private final EtcdSettings settings;
  private final WatchLimits limits;
  private @Nullable EtcdConnection connection;

  public EtcdConnector(EtcdSettings settings) {
    this(settings, WatchLimits.DEFAULT);
  }

  EtcdConnector(EtcdSettings settings, WatchLimits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  WatchLimits limits() {
    return limits;
  }

  /** Another connection to the same etcd, for what the agent writes. */
  public StatusStore statusStore() {
    return new EtcdStatusStore(settings);
  }

  EtcdConnection connection() {
    EtcdConnection current = connection;
    if (current == null) {
      current = new JetcdConnection(settings, limits.call());
      connection = current;
    }
    return current;
  }

  /** Gives up the connection; the next one asked for is another. */
  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public String toString() {
    return "etcd " + settings.endpoints();
  }
}
