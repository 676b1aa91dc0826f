package felix.bench.scale;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Datagrams from one workload to another, each a new connection. Used by one thread. */
final class Flow implements AutoCloseable {
  private static final int PORT = 4000;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration QUIET = Duration.ofMillis(100);
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

  /** How long it takes from now until one gets through. */
  Duration untilOpen() throws IOException, InterruptedException {
    return Inside.namespace(
        from.namespace(),
        () -> {
          long start = System.nanoTime();
          drain();
          do {
            send();
            TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
          } while (!drain() && isEarly(start));
          return since(start);
        });
  }

  /** How long it takes from now until none gets through any more. */
  Duration untilClosed() throws IOException, InterruptedException {
    return Inside.namespace(
        from.namespace(),
        () -> {
          long start = System.nanoTime();
          long last = start;
          do {
            send();
            TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
            last = drain() ? System.nanoTime() : last;
          } while (System.nanoTime() - last < QUIET.toNanos() && isEarly(start));
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
