package felix.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs shell commands in one network namespace, or where the tests themselves run. */
public final class Shell {
  private final List<String> prefix;

  private Shell(List<String> prefix) {
    this.prefix = prefix;
  }

  /** Where the tests run. */
  public static Shell here() {
    return new Shell(List.of());
  }

  /** In a named network namespace. */
  public static Shell in(String namespace) {
    return new Shell(List.of("ip", "netns", "exec", namespace));
  }

  /** Standard output of a command; one that fails is an exception with its own words. */
  public String run(String command) {
    var output = attempt(command);
    if (output.exit() != 0) {
      throw new LabException(prefix + " " + command + ": " + output.exit() + ", " + output.err());
    }
    return output.out();
  }

  /** What a command said, whether it failed or not. */
  public Output attempt(String command) {
    try {
      var process = process("sh", "-c", command).start();
      process.getOutputStream().close();
      var err =
          CompletableFuture.supplyAsync(
              () -> read(process.errorReader(UTF_8)), Thread::startVirtualThread);
      var out = read(process.inputReader(UTF_8));
      return new Output(process.waitFor(), out, err.join().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted in " + command, e);
    }
  }

  /** A program to be started in this namespace. */
  public ProcessBuilder process(String... argv) {
    var all = new ArrayList<>(prefix);
    all.addAll(List.of(argv));
    return new ProcessBuilder(all);
  }

  private static String read(Reader reader) {
    try (reader) {
      var text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a command ended and what it printed. */
  public record Output(int exit, String out, String err) {}
}
