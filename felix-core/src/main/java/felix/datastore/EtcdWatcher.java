package felix.datastore;

import felix.calc.ring.DatastoreSink;
import felix.model.ResourceUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows etcd: everything at one revision first, then each change in order, without a gap and
 * without repetition. Its thread {@code etcd} decodes, keeps the quarantine and is the only one
 * that speaks to the sink.
 *
 * <p>When a watch ends it goes on from the revision after the last one taken over. Where that
 * cannot be, since etcd has compacted it, was restored from a backup, or would take longer to
 * replay it than to list, everything is read again and handed over as a snapshot: what is the same
 * changes nothing.
 */
public final class EtcdWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdWatcher.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final EtcdConnector connector;
  private final WatchLimits limits;
  private final DatastoreSink sink;
  private final Quarantine quarantine;
  private final ResourceDecoder decoder = new ResourceDecoder();
  private final WatcherStatus status = new WatcherStatus();
  private final Lister lister = new Lister(decoder, status::progress);
  private final RetryDelay delay = new RetryDelay(new SplittableRandom());
  private final Outage outage = new Outage(LOG);
  private final Thread thread;
  private volatile boolean closed;

  /** Null before the first snapshot, and when there must be another one. */
  private @Nullable Position position;

  /**
   * A watcher that does nothing until {@link #start}.
   *
   * @param connector from then on used by the watcher's thread only
   * @param quarantine written by the watcher's thread only
   * @param onFault called by the watcher's thread for an exception that is a bug
   */
  public EtcdWatcher(
      EtcdConnector connector,
      DatastoreSink sink,
      Quarantine quarantine,
      Consumer<Throwable> onFault) {
    this.connector = connector;
    this.limits = connector.limits();
    this.sink = sink;
    this.quarantine = quarantine;
    this.thread = new Thread(this::run, "etcd");
    thread.setUncaughtExceptionHandler((t, fault) -> onFault.accept(fault));
  }

  public void start() {
    thread.start();
  }

  public WatcherStatus status() {
    return status;
  }

  /** Ends the thread and the connection. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    status.connected(false);
    try (connector) {
      while (!closed) {
        try {
          follow();
        } catch (EtcdFailure failure) {
          recover(failure);
        }
      }
    } catch (InterruptedException e) {
      if (!closed) {
        throw new IllegalStateException("interrupted by someone unknown", e);
      }
    }
  }

  private void recover(EtcdFailure failure) throws InterruptedException {
    status.connected(false);
    outage.failed(connector, failure);
    switch (failure.kind()) {
      case CALL -> connector.close();
      case STREAM -> {}
      case HISTORY, SIZE -> position = null;
    }
    status.progress();
    Thread.sleep(delay.next());
  }

  /** Returns when there is a better connection, or when closed. */
  private void follow() throws InterruptedException {
    EtcdConnection etcd = connector.connection();
    Position from = resume(etcd);
    long since = System.nanoTime();
    var silence = new Silence(limits);
    try (WatchStream stream = etcd.watch(from.next())) {
      while (!closed && !connector.hasBetter()) {
        WatchMessage message = stream.next(TICK);
        if (message != null) {
          take(message);
          silence.broken();
        } else if (silence.isTooLong()) {
          throw new EtcdFailure(EtcdFailure.Kind.STREAM, "the watch has long been silent");
        } else if (silence.isTimeToAsk()) {
          probe(etcd);
        }
        status.progress();
        if (System.nanoTime() - since > limits.steady().toNanos()) {
          delay.reset();
        }
      }
    }
  }

  private Position resume(EtcdConnection etcd) throws InterruptedException {
    Position known = position;
    if (known != null) {
      Optional<String> obstacle = known.whyNotFromHere(etcd);
      if (obstacle.isEmpty()) {
        return known;
      }
      LOG.info("Reading everything again: {}", obstacle.get());
    }
    return list(etcd);
  }

  private Position list(EtcdConnection etcd) throws InterruptedException {
    long began = System.nanoTime();
    status.resyncing();
    Listing listing = lister.list(etcd);
    quarantine.replaceAll(listing.problems());
    Position reached = listing.position();
    sink.snapshot(reached.next() - 1, listing.resources());
    moveTo(reached);
    status.listed();
    LOG.info(
        "Read {} keys at revision {} in {} ms",
        reached.keys(),
        reached.next() - 1,
        (System.nanoTime() - began) / 1_000_000);
    return reached;
  }

  private void take(WatchMessage message) {
    Position known = current();
    switch (message) {
      case WatchMessage.Created(var head) -> {
        check(known, head);
        status.connected(true);
        outage.ended(connector);
      }
      case WatchMessage.Progress(var revision) -> moveTo(known.upTo(revision));
      case WatchMessage.Changed(var entries, var received) ->
          // All of them, unless etcd or jetcd delivers something twice.
          handOver(
              entries.stream().filter(e -> e.modRevision() >= known.next()).toList(), received);
    }
  }

  private void handOver(List<EtcdEntry> entries, long received) {
    if (entries.isEmpty()) {
      return;
    }
    Position reached = current().after(entries);
    List<ResourceUpdate> updates = decode(entries);
    if (!updates.isEmpty()) {
      sink.updates(reached.next() - 1, updates, received);
    }
    moveTo(reached);
  }

  private void moveTo(Position reached) {
    position = reached;
    status.revision(reached.next() - 1);
  }

  private List<ResourceUpdate> decode(List<EtcdEntry> entries) {
    var updates = new ArrayList<ResourceUpdate>();
    for (EtcdEntry entry : entries) {
      if (entry.value() == null) {
        quarantine.record(entry.key(), null);
        updates.addAll(decoder.deleted(entry.key()));
      } else {
        Decoded decoded = decoder.decode(entry.key(), entry.value().getBytes());
        quarantine.record(entry.key(), decoded.problem());
        updates.addAll(decoded.updates());
      }
    }
    return updates;
  }

  /** Nobody asks the watch itself: etcd's proxy of 3.4 ends on such a question. */
  private void probe(EtcdConnection etcd) throws InterruptedException {
    check(current(), etcd.head());
  }

  private static void check(Position known, EtcdHead head) {
    if (!known.isOurs(head)) {
      throw new EtcdFailure(EtcdFailure.Kind.HISTORY, "etcd has another history");
    }
  }

  private Position current() {
    if (position == null) {
      throw new IllegalStateException("no watch without a position");
    }
    return position;
  }
}
