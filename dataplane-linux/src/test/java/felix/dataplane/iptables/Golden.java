package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that is kept in a file; {@code -Dgolden.update=true} writes it anew. */
final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/felix/dataplane/iptables/golden");

  private Golden() {}

  static void assertSame(String name, String text) {
    var file = ROOT.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(ROOT);
        Files.writeString(file, text);
      }
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
