package felix.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** A stream of pings, a hundred a second: sees every interruption. */
public final class Pinging implements AutoCloseable {
  private static final Pattern SUMMARY =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  private final Process ping;

  Pinging(Party from, Party to) {
    try {
      ping =
          from.shell()
              .process("ping", "-q", "-n", "-i", "0.01", to.ip())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it: how many had no answer. One may still be under way. */
  public int lost() {
    Shell.here().run("kill -INT " + ping.pid());
    try (var said = ping.inputReader(UTF_8)) {
      var text = String.join("\n", said.lines().toList());
      var summary = SUMMARY.matcher(text);
      if (!summary.find()) {
        throw new LabException("ping said " + text);
      }
      return Integer.parseInt(summary.group(1)) - Integer.parseInt(summary.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ping.destroyForcibly().onExit().join();
  }
}
