package felix.dataplane.exec;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import felix.count.Distribution;
import felix.dataplane.reconcile.KernelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Runs programs as child processes, with absolute paths, an environment of two variables and no
 * shell. Any thread; a call blocks no longer than the time limit, even where the program does not
 * read its input or leaves a child behind that keeps its output open.
 */
public final class ProcessCommandRunner implements CommandRunner {
  /** Twice what {@code ipset save} says of a set with a million members. */
  private static final int MAX_OUTPUT_BYTES = 128 << 20;

  private static final int MAX_ERROR_BYTES = 64 << 10;

  private final ProcessStarter starter;
  private final Duration limit;

  /**
   * Makes a runner.
   *
   * @param limit after which a program is killed; longer than what a program is told to wait for a
   *     lock
   */
  public ProcessCommandRunner(ProgramFinder programs, Duration limit) {
    this(programs, limit, new Distribution());
  }

  /**
   * Makes a runner.
   *
   * @param limit as above
   * @param startNanos takes down how long it takes to start a program
   */
  public ProcessCommandRunner(ProgramFinder programs, Duration limit, Distribution startNanos) {
    this.starter = new ProcessStarter(programs, startNanos);
    this.limit = limit;
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    String program = command.getFirst();
    var process = start(command, input);
    try {
      return talk(process, program, input);
    } catch (TimeoutException e) {
      throw new KernelException(
          "run " + program, "killed, as it had not ended after " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelException("run " + program, "killed, as the agent is stopping");
    } catch (ExecutionException e) {
      throw new KernelException("run " + program, "cannot read its output: " + e.getCause());
    } finally {
      kill(process);
    }
  }

  private Process start(List<String> command, String input) {
    return input.isEmpty() ? starter.startWithoutInput(command) : starter.start(command, Map.of());
  }

  private CommandResult talk(Process process, String program, String input)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    var output = new Drain(process.getInputStream(), MAX_OUTPUT_BYTES, program + " stdout");
    var errors = new Drain(process.getErrorStream(), MAX_ERROR_BYTES, program + " stderr");
    var feed = new Feed(process.getOutputStream(), input, program + " stdin");
    if (!process.waitFor(deadline - System.nanoTime(), NANOSECONDS)) {
      throw new TimeoutException();
    }
    byte[] said = output.get(deadline - System.nanoTime());
    byte[] complained = errors.get(deadline - System.nanoTime());
    boolean fed = feed.get(deadline - System.nanoTime());
    if (output.overflowed()) {
      throw new KernelException(
          "run " + program, "said more than " + MAX_OUTPUT_BYTES + " bytes; not used");
    }
    if (process.exitValue() == 0 && !fed) {
      throw new KernelException(
          "run " + program, "exit 0, but it stopped reading before the end of its input");
    }
    return new CommandResult(
        process.exitValue(),
        new String(said, StandardCharsets.UTF_8),
        new String(complained, StandardCharsets.UTF_8));
  }

  /** The children first: a shell script's would outlive it. */
  private static void kill(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
