package felix.datastore;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A watcher at work, impatient, and what it handed over. */
final class Watching implements AutoCloseable {
  static final WatchLimits IMPATIENT =
      new WatchLimits(
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofMillis(200));

  final Collector sink = new Collector();
  final Quarantine quarantine = new Quarantine(entry -> {});
  private final EtcdWatcher watcher;
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  final EtcdSecurity security;

  Watching(URI endpoint) {
    this(new EtcdSettings(List.of(endpoint)));
  }

  Watching(EtcdSettings settings) {
    var connector = new EtcdConnector(settings, IMPATIENT);
    security = connector.security();
    watcher = new EtcdWatcher(connector, sink, quarantine, fault::set);
    watcher.start();
  }

  static Watching through(CutProxy proxy) {
    return new Watching(EtcdServer.endpoint(proxy.port()));
  }

  WatcherStatus status() {
    return watcher.status();
  }

  void awaitConnected() throws InterruptedException {
    sink.await("connected", status()::isConnected);
  }

  void awaitLost() throws InterruptedException {
    sink.await("connection lost", () -> !status().isConnected());
  }

  @Override
  public void close() {
    watcher.close();
    if (fault.get() != null) {
      throw new AssertionError("the watcher's thread failed", fault.get());
    }
  }
}
