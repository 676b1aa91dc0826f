package felix.datastore;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch through jetcd, whose threads hand over to ours.
 *
 * <p>Jetcd resumes a watch by itself, but after a cut between its creation and its first event it
 * goes on from etcd's newest revision and so loses all before. Hence the first error ends this
 * watch: whatever jetcd delivers afterwards is dropped.
 *
 * <p>Answers wait for room, which stops the transport from reading more. Errors do not wait: jetcd
 * reports them under a lock of the whole client.
 */
final class JetcdWatchStream implements WatchStream, Watch.Listener {
  /** A catch-up answer holds 1,000 revisions whatever their size, so only few may wait. */
  private static final int ROOM = 2;

  /** More than ever call a listener. */
  private static final int THREADS = 1_000;

  private static final String RANGE =
      JetcdConnection.text(JetcdConnection.WATCH_FROM)
          + " to "
          + JetcdConnection.text(JetcdConnection.WATCH_END);

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(ROOM);
  private volatile boolean ended;
  private final Watch.Watcher watcher;

  private sealed interface Signal {
    record Answer(WatchResponse response, long received) implements Signal {}

    record End(EtcdFailure failure) implements Signal {}
  }

  JetcdWatchStream(Watch watches, long fromRevision) {
    WatchOption option =
        WatchOption.builder()
            .withRange(JetcdConnection.WATCH_END)
            .withRevision(fromRevision)
            .withRequireLeader(true)
            .withProgressNotify(true)
            .withCreateNotify(true)
            .build();
    watcher = watches.watch(JetcdConnection.WATCH_FROM, option, this);
  }

  @Override
  public @Nullable WatchMessage next(Duration limit) throws InterruptedException {
    Signal signal = signals.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    return switch (signal) {
      case null -> null;
      case Signal.End(var failure) -> {
        signals.add(signal); // for whoever asks again
        throw failure;
      }
      case Signal.Answer(var response, var received) -> {
        room.release();
        yield message(response, received);
      }
    };
  }

  @Override
  public void close() {
    ended = true;
    room.release(THREADS); // lets go of one that waits for room
    watcher.close();
  }

  @Override
  public void onNext(WatchResponse response) {
    long received = System.nanoTime();
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(new EtcdFailure(EtcdFailure.Kind.STREAM, "interrupted", e));
    }
    if (!ended) {
      signals.add(new Signal.Answer(response, received));
    }
  }

  @Override
  public void onError(Throwable thrown) {
    end(EtcdFailure.of(EtcdFailure.Kind.STREAM, thrown).about("watching " + RANGE));
  }

  @Override
  public void onCompleted() {
    end(new EtcdFailure(EtcdFailure.Kind.STREAM, "etcd ended the watch"));
  }

  private void end(EtcdFailure failure) {
    ended = true;
    signals.add(new Signal.End(failure));
  }

  private static WatchMessage message(WatchResponse response, long received) {
    EtcdHead head = JetcdConnection.head(response);
    if (response.isCreatedNotify()) {
      return new WatchMessage.Created(head);
    }
    if (response.getEvents().isEmpty()) {
      return new WatchMessage.Progress(head.revision());
    }
    return new WatchMessage.Changed(
        response.getEvents().stream().map(JetcdWatchStream::entry).toList(), received);
  }

  private static EtcdEntry entry(WatchEvent event) {
    KeyValue found = event.getKeyValue();
    boolean deleted = event.getEventType() == WatchEvent.EventType.DELETE;
    return new EtcdEntry(
        JetcdConnection.text(found.getKey()),
        deleted ? null : found.getValue(),
        found.getModRevision());
  }
}
