package felix.policysync;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of one workload, and the server behind it. Thread {@code policy-sync-sockets}. */
final class WorkloadSocket {
  private static final Logger LOG = LoggerFactory.getLogger(WorkloadSocket.class);

  /**
   * As pod2daemon's, which knows neither user nor group of a workload's processes: who may connect
   * is who sees the folder.
   */
  private static final String PERMISSIONS = "rw-rw-rw-";

  /** A client needs one, and another while the first has not noticed that it was replaced. */
  private static final int CONNECTIONS = 4;

  private static final int CALLS = 4;
  private static final int REQUEST_BYTES = 1024;
  private static final int RESETS_PER_SECOND = 100;
  private static final long CLOSE_SECONDS = 5;

  private final Path path;
  private final Server server;

  private WorkloadSocket(Path path, Server server) {
    this.path = path;
    this.server = server;
  }

  /**
   * Serves at a path, in place of whatever file is there. The socket is made elsewhere and moved
   * there when it is complete: to change its rights at a place where a workload can put a link
   * would change the rights of what the link leads to.
   *
   * @param making where nobody else can write, on the same file system
   */
  static WorkloadSocket open(
      Path making, Path path, ServerServiceDefinition service, SyncThread thread)
      throws IOException {
    Files.deleteIfExists(making);
    Server server =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(making))
            .channelFactory(WorkloadSocket::limited)
            // gRPC's default, which this kind of socket does not know
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .bossEventLoopGroup(thread.loop())
            .workerEventLoopGroup(thread.loop())
            .directExecutor()
            .maxInboundMessageSize(REQUEST_BYTES)
            .maxConcurrentCallsPerConnection(CALLS)
            .maxRstFramesPerWindow(RESETS_PER_SECOND, 1)
            .addService(service)
            .build();
    var socket = new WorkloadSocket(path, server);
    try {
      server.start();
      Files.setPosixFilePermissions(making, PosixFilePermissions.fromString(PERMISSIONS));
      Files.move(making, path, ATOMIC_MOVE);
      return socket;
    } catch (IOException e) {
      socket.stop();
      throw e;
    }
  }

  private static ServerChannel limited() {
    var channel = new NioServerDomainSocketChannel();
    channel.pipeline().addLast(new ConnectionLimit(CONNECTIONS));
    return channel;
  }

  /** Ends all streams, and takes the file away. */
  void close() {
    stop();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("Socket {} stays: {}", path, e.toString());
    }
  }

  private void stop() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Clients of {} do not end", path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
