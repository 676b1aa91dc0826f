package felix.bench.scale;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Datagrams from one workload to another, each a new connection. Used by one thread. */
final class Flow implements AutoCloseable {
  private static final int PORT = 4000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** None of so many in a row gets through: that is no delay of this process. */
  private static final int MOST_LOST = 200;

  private static final long STEP_NANOS = 500_000;

  private final Workload from;
  private final InetSocketAddress to;
  private final DatagramChannel ear;
  private final ByteBuffer data = ByteBuffer.allocate(64);

  Flow(Workload from, Workload to) throws IOException, InterruptedException {
    this.from = from;
    this.to = new InetSocketAddress(to.address(), PORT);
    this.ear = Inside.namespace(to.namespace(), () -> DatagramChannel.open().bind(this.to));
    ear.configureBlocking(false);
  }

  /**
   * How long it takes from the beginning of a change until one gets through.
   *
   * @param change begins it and does not wait
   */
  Duration untilOpen(Supplier<CompletableFuture<?>> change)
      throws IOException, InterruptedException {
    return Inside.namespace(
        from.namespace(),
        () -> {
          drain();
          long start = System.nanoTime();
          CompletableFuture<?> begun = change.get();
          do {
            sendOne();
          } while (!drain() && isEarly(start));
          Duration taken = since(start);
          begun.join();
          return taken;
        });
  }

  /** How long it takes from the beginning of a change until the last one gets through. */
  Duration untilClosed(Supplier<CompletableFuture<?>> change)
      throws IOException, InterruptedException {
    return Inside.namespace(
        from.namespace(),
        () -> {
          long start = System.nanoTime();
          CompletableFuture<?> begun = change.get();
          long last = start;
          int lost = 0;
          do {
            sendOne();
            boolean any = drain();
            last = any ? System.nanoTime() : last;
            lost = any ? 0 : lost + 1;
          } while ((lost < MOST_LOST || !begun.isDone()) && isEarly(start));
          begun.join();
          return Duration.ofNanos(last - start);
        });
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean isEarly(long start) throws IOException {
    if (since(start).compareTo(LIMIT) > 0) {
      throw new IOException("not within " + LIMIT);
    }
    return true;
  }

  private void sendOne() throws IOException, InterruptedException {
    send();
    TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
  }

  private void send() throws IOException {
    try (var channel = DatagramChannel.open()) {
      channel.send(ByteBuffer.allocate(8), to);
    }
  }

  private boolean drain() throws IOException {
    boolean any = false;
    while (ear.receive(data.clear()) != null) {
      any = true;
    }
    return any;
  }

  @Override
  public void close() throws IOException {
    ear.close();
  }
}
