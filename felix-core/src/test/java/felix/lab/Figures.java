package felix.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What a test measures and does not judge: lines in {@code target/lab}, and in its output. */
public final class Figures {
  private final Path file;

  public Figures(Class<?> test) {
    file = Logs.fresh(test.getSimpleName() + "-figures");
  }

  /** Writes down one measured span. */
  public void add(String what, Duration span) {
    add("%6d ms  %s".formatted(span.toMillis(), what));
  }

  /** Writes down several figures. */
  public void add(String text) {
    var line = text + System.lineSeparator();
    System.out.print(line);
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
