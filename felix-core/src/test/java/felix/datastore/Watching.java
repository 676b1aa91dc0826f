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
          Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ZERO);

  final Collector sink = new Collector();
  final Quarantine quarantine = new Quarantine(entry -> {});
  private final EtcdWatcher watcher;
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  Watching(URI endpoint) {
    var connector = new EtcdConnector(new EtcdSettings(List.of(endpoint)), IMPATIENT);
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
