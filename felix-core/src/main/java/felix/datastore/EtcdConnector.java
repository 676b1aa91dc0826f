package felix.datastore;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

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
  private @Nullable EtcdConnection connection;

  public EtcdConnector(EtcdSettings settings) {
    this(settings, WatchLimits.DEFAULT);
  }

  EtcdConnector(EtcdSettings settings, WatchLimits limits) {
    this(settings, limits, LOG);
  }

  private EtcdConnector(EtcdSettings settings, WatchLimits limits, Logger log) {
    this.settings = settings;
    this.limits = limits;
    this.transport = new EtcdTransport(settings, limits.call(), log);
    this.renewal = new Renewal(transport, limits, log);
  }

  /**
   * Beside another one to the same etcd, which has said all there is to say about the way there.
   */
  static EtcdConnector second(EtcdSettings settings, WatchLimits limits) {
    return new EtcdConnector(settings, limits, NOPLogger.NOP_LOGGER);
  }

  WatchLimits limits() {
    return limits;
  }

  /** Another connection to the same etcd, for what the agent writes. */
  public StatusStore statusStore() {
    return new EtcdStatusStore(settings);
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
    if (connection != null) {
      Optional<EtcdConnection> renewed = renewal.take();
      if (renewed.isPresent()) {
        connection.close();
        connection = renewed.get();
        security().renewed();
      }
      return connection;
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
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public String toString() {
    return "etcd " + settings.members();
  }
}
