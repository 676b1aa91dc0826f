package felix.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where logs are left: {@code target/lab}. */
final class Logs {
  private Logs() {}

  /** The path of a log that does not exist yet. */
  static Path fresh(String name) {
    try {
      var log =
          Files.createDirectories(Path.of("target", "lab").toAbsolutePath()).resolve(name + ".log");
      Files.deleteIfExists(log);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
