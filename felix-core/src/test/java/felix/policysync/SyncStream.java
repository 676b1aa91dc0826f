package felix.policysync;

import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A consumer's gRPC client with one stream, which notes what comes. */
public final class SyncStream implements AutoCloseable {
  private final List<DynamicMessage> messages = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().daemon().name("sync-client").factory(), NioIoHandler.newFactory());
  private final ManagedChannel channel;
  private final ClientCall<byte[], byte[]> call;

  /**
   * Opens it.
   *
   * @param reading whether to take all that comes; else nothing before {@link #read}
   */
  public SyncStream(Path socket, boolean reading) {
    channel =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .eventLoopGroup(loop)
            .channelType(NioDomainSocketChannel.class)
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
    call = channel.newCall(Raw.SYNC, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            messages.add(ProtoFile.decode(message));
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    if (reading) {
      read();
    }
    call.sendMessage(new byte[0]);
    call.halfClose();
  }

  /** Takes all from now on. */
  public void read() {
    call.request(Integer.MAX_VALUE);
  }

  /** What has come. */
  public List<DynamicMessage> messages() {
    return messages;
  }

  /** As text of Protocol Buffers. */
  public String text() {
    return messages.stream().map(DynamicMessage::toString).reduce("", (a, b) -> a + b + "\n");
  }

  /** Whether the server, or the connection, has ended it. */
  public boolean isEnded() {
    return end.isDone();
  }

  /** How it ended. */
  public Status status() {
    return end.join();
  }

  @Override
  public void close() {
    call.cancel("enough", null);
    channel.shutdownNow();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
