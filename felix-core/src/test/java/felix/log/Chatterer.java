package felix.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that logs lines to its standard output, and then makes a file. */
final class Chatterer {
  private static final Logger LOG = LoggerFactory.getLogger(Chatterer.class);

  private Chatterer() {}

  public static void main(String[] args) throws IOException {
    var setup = LogSetup.install(System.getenv());
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      LOG.info("line {} {}", i, "x".repeat(100));
    }
    setup.flush(Duration.ofMillis(200));
    Files.writeString(Path.of(args[1]), Long.toString(setup.counts().dropped()));
  }
}
