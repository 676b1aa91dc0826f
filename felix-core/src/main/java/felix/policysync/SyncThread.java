package felix.policysync;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The thread {@code policy-sync}: netty's event loop, which reads and writes the sockets, and all
 * of {@link Processor} between. So whatever a client does finds the state at rest.
 */
final class SyncThread {
  private static final String NAME = "policy-sync";

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().daemon().name(NAME).factory(), NioIoHandler.newFactory());

  private final Consumer<Throwable> onFault;

  /**
   * A thread that begins with its first work.
   *
   * @param onFault called by it for an exception that is a bug
   */
  SyncThread(Consumer<Throwable> onFault) {
    this.onFault = onFault;
  }

  EventLoopGroup loop() {
    return loop;
  }

  /** Has the thread do it, some time later. Any thread. */
  void soon(Runnable work) {
    loop.execute(() -> now(work));
  }

  /** Does it on this thread, which is ours. Like a ring's handler: netty would swallow a fault. */
  void now(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error fault) {
      onFault.accept(fault);
    }
  }

  /** Ends it, and all connections. */
  void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
