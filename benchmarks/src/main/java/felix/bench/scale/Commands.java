package felix.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Programs of the host. */
final class Commands {
  private Commands() {}

  /** What a program prints; one that fails is an exception with its own words. */
  static String run(String input, String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var to = process.outputWriter(UTF_8)) {
      to.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  /** Many lines for one {@code ip}, in a namespace. */
  static void ip(String namespace, List<String> lines) throws IOException, InterruptedException {
    run(String.join("\n", lines) + "\n", "ip", "-n", namespace, "-batch", "-");
  }
}
