package felix.log;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A target that fails or hangs when it is told to. */
final class Collecting implements Target {
  final List<LogLine> lines = new CopyOnWriteArrayList<>();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  volatile boolean isBroken;
  volatile boolean isClosed;

  @Override
  public String name() {
    return "collecting";
  }

  void hang() {
    gate.drainPermits();
  }

  void goOn() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  @Override
  public void write(LogLine line) throws IOException {
    gate.acquireUninterruptibly();
    if (isBroken) {
      throw new IOException("No space left on device");
    }
    lines.add(line);
  }

  List<String> texts() {
    return lines.stream().map(LogLine::text).toList();
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
