package felix.dataplane.exec;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Writes a program's input on a thread of its own: the program may say much before it reads. */
final class Feed {
  private final OutputStream stream;
  private final byte[] input;
  private final FutureTask<Boolean> task = new FutureTask<>(this::writeAll);

  Feed(OutputStream stream, String input, String threadName) {
    this.stream = stream;
    this.input = input.getBytes(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name(threadName).start(task);
  }

  /** Whether all of it fitted into the pipe before the program closed its end. */
  boolean get(long timeoutNanos) throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(timeoutNanos, NANOSECONDS);
  }

  private boolean writeAll() {
    try (stream) {
      stream.write(input);
      return true;
    } catch (IOException e) {
      return input.length == 0;
    }
  }
}
