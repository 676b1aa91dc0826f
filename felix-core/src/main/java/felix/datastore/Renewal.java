package felix.datastore;

import felix.datastore.tls.TlsMaterial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Makes another connection with new keys and certificates, and tries it, on a thread of its own:
 * the one in use goes on meanwhile, and stays if etcd does not take the new one. One thread asks.
 */
final class Renewal {
  private final EtcdTransport transport;
  private final Logger log;
  private final Duration lookEvery;
  private final Duration tryEvery;
  private long looked = System.nanoTime();

  /** To be connected with; null if that is done. */
  private @Nullable TlsMaterial material;

  private long tried;
  private boolean refused;

  /** Under way or done; null if none is. */
  private @Nullable CompletableFuture<EtcdConnection> attempt;

  Renewal(EtcdTransport transport, WatchLimits limits, Logger log) {
    this.transport = transport;
    this.log = log;
    this.lookEvery = limits.look();
    this.tryEvery = lookEvery.multipliedBy(5);
  }

  /** Whether {@link #take} has one. */
  boolean isReady() {
    look();
    if (attempt == null && material != null && isPast(tried, tryEvery)) {
      begin(material);
    }
    return attempt != null && attempt.isDone() && !failed(attempt);
  }

  /** A connection that etcd has answered over. From then on there is nothing to renew. */
  Optional<EtcdConnection> take() {
    if (!isReady() || attempt == null) {
      return Optional.empty();
    }
    EtcdConnection renewed = attempt.join();
    attempt = null;
    material = null;
    log.info("Connected to etcd with new certificates");
    return Optional.of(renewed);
  }

  /** A connection was made from the files as they are now. */
  void forget() {
    if (attempt != null) {
      var _ = attempt.thenAccept(EtcdConnection::close);
    }
    attempt = null;
    material = null;
    refused = false;
  }

  private void look() {
    if (!isPast(looked, lookEvery)) {
      return;
    }
    looked = System.nanoTime();
    transport
        .changed()
        .ifPresent(
            changed -> {
              forget();
              material = changed;
              tried = looked - tryEvery.toNanos();
            });
  }

  private void begin(TlsMaterial with) {
    var result = new CompletableFuture<EtcdConnection>();
    attempt = result;
    tried = System.nanoTime();
    Thread.ofPlatform()
        .daemon()
        .name("etcd-renewal")
        .start(
            () -> {
              try {
                result.complete(tried(transport.over(with)));
              } catch (EtcdFailure e) {
                result.completeExceptionally(e);
              } catch (InterruptedException e) {
                result.cancel(false);
              }
            });
  }

  private static EtcdConnection tried(EtcdConnection connection) throws InterruptedException {
    try {
      connection.head();
      return connection;
    } catch (EtcdFailure | InterruptedException e) {
      connection.close();
      throw e;
    }
  }

  private boolean failed(CompletableFuture<EtcdConnection> done) {
    try {
      done.join();
      return false;
    } catch (CompletionException | CancellationException e) {
      if (!refused) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        log.warn("New certificates do not work yet, going on with the old: {}", why.getMessage());
      }
      refused = true;
      attempt = null;
      return true;
    }
  }

  private static boolean isPast(long since, Duration pause) {
    return System.nanoTime() - since >= pause.toNanos();
  }
}
