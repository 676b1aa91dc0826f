package felix.dataplane.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The test data of this package, read and rewritten where it lies in the checkout. */
final class TestFiles {
  private static final Path ROOT = Path.of("src/test/resources/felix/dataplane/rules");

  private TestFiles() {}

  static String read(String name) {
    try {
      return Files.readString(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(String name, String text) {
    try {
      Files.writeString(ROOT.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
