package felix.datastore;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to etcd, made anew when asked to: the transport's own pauses between its attempts
 * grow to two minutes. And when certificates change. One thread at a time.
 */
public final class EtcdConnector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdConnector.class);

  private final EtcdSettings settings;
  private final WatchLimits limits;
  private final EtcdTransport transport;
  private final Renewal renewal;

  /** Written by one thread, but others use it, too. */
  private volatile @Nullable EtcdConnection connection;

  public EtcdConnector(EtcdSettings settings) {
    this(settings, WatchLimits.DEFAULT);
  }

  EtcdConnector(EtcdSettings settings, WatchLimits limits) {
    this.settings = settings;
    this.limits = limits;
    this.transport = new EtcdTransport(settings, limits.call(), LOG);
    this.renewal = new Renewal(transport, limits, LOG);
  }

  WatchLimits limits() {
    return limits;
  }

  /** For what the agent writes, over whatever connection there is. For another thread. */
  public StatusStore statusStore() {
    return new EtcdStatusStore(this::current);
  }

  /** What others may use; whoever asked for it first may close it under them. Any thread. */
  private Optional<EtcdConnection> current() {
    return Optional.ofNullable(connection);
  }

  /** May be asked by any thread. */
  public EtcdSecurity security() {
    return transport.security();
  }

  /**
   * The connection to use now. One that was given before may be closed by this.
   *
   * @throws EtcdFailure if there is nothing to connect with
   */
  EtcdConnection connection() {
    EtcdConnection before = connection;
    if (before != null) {
      Optional<EtcdConnection> renewed = renewal.take();
      if (renewed.isEmpty()) {
        return before;
      }
      connection = renewed.get();
      before.close();
      security().renewed();
      return renewed.get();
    }
    renewal.forget();
    EtcdConnection made = transport.connect();
    connection = made;
    return made;
  }

  /** Whether {@link #connection} would give another one, with new certificates. */
  boolean hasBetter() {
    return connection != null && renewal.isReady();
  }

  /** Gives up the connection; the next one asked for is another. */
  @Override
  public void close() {
    renewal.forget();
    EtcdConnection before = connection;
    if (before != null) {
      connection = null;
      before.close();
    }
  }

  @Override
  public String toString() {
    return "etcd " + settings.members();
  }
}
