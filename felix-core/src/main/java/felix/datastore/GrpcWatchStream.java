package felix.datastore;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch through gRPC, whose thread hands over to ours. The first error ends it; from where to go
 * on is for others to know. Another answer is asked for whenever one was taken, so a slow reader
 * stops the transport from reading more.
 */
final class GrpcWatchStream implements WatchStream {
  /** A catch-up answer holds 1,000 revisions whatever their size, so only few may wait. */
  private static final int ROOM = 2;

  /** Has etcd end the watch where it has lost its leader, instead of saying nothing. */
  private static final Metadata.Key<String> REQUIRE_LEADER =
      Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

  /** One watch from the first root's beginning to the last one's end: see docs/decisions.md. */
  static final ByteString FROM = GrpcConnection.bytes(KeyPath.BLOCKS);

  static final ByteString END = GrpcConnection.end(KeyPath.ROOT);

  private static final String RANGE = GrpcConnection.text(FROM) + " to " + GrpcConnection.text(END);

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final ClientCall<WatchRequest, WatchResponse> call;

  private sealed interface Signal {
    record Answer(WatchResponse response, long received) implements Signal {}

    record End(EtcdFailure failure) implements Signal {}
  }

  GrpcWatchStream(Channel channel, long fromRevision) {
    var headers = new Metadata();
    headers.put(REQUIRE_LEADER, "true");
    call = channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
    call.start(new Ear(signals), headers);
    call.request(ROOM);
    call.sendMessage(WatchRequest.newBuilder().setCreateRequest(range(fromRevision)).build());
  }

  private static WatchCreateRequest.Builder range(long fromRevision) {
    return WatchCreateRequest.newBuilder()
        .setKey(FROM)
        .setRangeEnd(END)
        .setStartRevision(fromRevision)
        .setProgressNotify(true);
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
        call.request(1);
        yield message(response, received);
      }
    };
  }

  @Override
  public void close() {
    call.cancel("closed", null);
  }

  private static WatchMessage message(WatchResponse response, long received) {
    if (response.getCreated()) {
      return new WatchMessage.Created(GrpcConnection.head(response.getHeader()));
    }
    if (response.getEventsCount() == 0) {
      return new WatchMessage.Progress(response.getHeader().getRevision());
    }
    return new WatchMessage.Changed(
        response.getEventsList().stream().map(GrpcWatchStream::entry).toList(), received);
  }

  private static EtcdEntry entry(Event event) {
    KeyValue found = event.getKv();
    boolean deleted = event.getType() == Event.EventType.DELETE;
    return new EtcdEntry(
        GrpcConnection.text(found.getKey()),
        deleted ? null : found.getValue(),
        found.getModRevision());
  }

  /** Puts down what the transport says. On its thread, which must not wait. */
  private static final class Ear extends ClientCall.Listener<WatchResponse> {
    private final BlockingQueue<Signal> signals;

    Ear(BlockingQueue<Signal> signals) {
      this.signals = signals;
    }

    @Override
    public void onMessage(WatchResponse response) {
      signals.add(
          response.getCanceled()
              ? new Signal.End(ended(response).about("watching " + RANGE))
              : new Signal.Answer(response, System.nanoTime()));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      signals.add(
          new Signal.End(
              status.isOk()
                  ? new EtcdFailure(EtcdFailure.Kind.STREAM, "etcd ended the watch")
                  : EtcdFailure.of(EtcdFailure.Kind.STREAM, status.asRuntimeException())
                      .about("watching " + RANGE)));
    }

    /** Etcd says why, unless the revision is one that it has not reached yet. */
    private static EtcdFailure ended(WatchResponse response) {
      boolean history = response.getCompactRevision() != 0 || response.getCancelReason().isEmpty();
      return history
          ? new EtcdFailure(
              EtcdFailure.Kind.HISTORY,
              response.getCompactRevision() != 0
                  ? "etcd has compacted what there was before " + response.getCompactRevision()
                  : "etcd has not got so far yet")
          : EtcdFailure.of(
              EtcdFailure.Kind.STREAM,
              Status.CANCELLED.withDescription(response.getCancelReason()).asRuntimeException());
    }
  }
}
