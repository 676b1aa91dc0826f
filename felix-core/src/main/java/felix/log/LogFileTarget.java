package felix.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to. Looks now and then whether it is still the one with that name: who
 * rotates logs moves it away, and tells nobody.
 */
final class LogFileTarget implements Target {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final Path path;
  private final LongSupplier nanoTime;
  private @Nullable FileChannel channel;
  private @Nullable Object opened;
  private @Nullable IOException trouble;
  private boolean isTorn;
  private long lookedAt;

  LogFileTarget(Path path, LongSupplier nanoTime) {
    this.path = path.toAbsolutePath();
    this.nanoTime = nanoTime;
    this.lookedAt = nanoTime.getAsLong() - PAUSE;
  }

  static String name(Path path) {
    return path.toAbsolutePath().toString();
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public void write(LogLine line) throws IOException {
    long now = nanoTime.getAsLong();
    if (now - lookedAt >= PAUSE) {
      lookedAt = now;
      trouble = null;
      if (channel == null || !isStillThere()) {
        reopen();
      }
    }
    if (channel == null) {
      throw trouble == null ? new IOException("not open") : trouble;
    }
    String text = (isTorn ? "\n" : "") + Layout.PLAIN.format(line);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      isTorn = false;
    } catch (IOException e) {
      isTorn |= bytes.position() > 0;
      throw e;
    }
  }

  private boolean isStillThere() {
    try {
      return key().equals(opened);
    } catch (IOException e) {
      return false;
    }
  }

  private Object key() throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  private void reopen() {
    close();
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      opened = key();
      isTorn = false;
    } catch (IOException e) {
      trouble = e;
    }
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        trouble = e;
      }
    }
  }
}
