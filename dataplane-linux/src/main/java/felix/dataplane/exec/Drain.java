package felix.dataplane.exec;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/**
 * Reads a stream to its end on a thread of its own, so that a program never waits for room in a
 * pipe. Keeps the first bytes and drops what is over a limit.
 */
final class Drain {
  private static final int CHUNK_BYTES = 16 << 10;

  private final InputStream stream;
  private final int maxBytes;
  private final FutureTask<byte[]> task = new FutureTask<>(this::readAll);
  private volatile boolean overflowed;

  Drain(InputStream stream, int maxBytes, String threadName) {
    this.stream = stream;
    this.maxBytes = maxBytes;
    Thread.ofPlatform().daemon().name(threadName).start(task);
  }

  byte[] get(long timeoutNanos) throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(timeoutNanos, NANOSECONDS);
  }

  /** Whether something was dropped. Known once {@link #get} has returned. */
  boolean overflowed() {
    return overflowed;
  }

  private byte[] readAll() throws IOException {
    var kept = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
      int room = Math.min(n, maxBytes - kept.size());
      kept.write(chunk, 0, room);
      overflowed |= room < n;
    }
    return kept.toByteArray();
  }
}
