package felix.dataplane.exec;

import felix.count.Distribution;
import felix.dataplane.reconcile.KernelException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts child processes: with absolute paths, an environment of few variables and no shell. Any
 * thread.
 *
 * @param startNanos takes down how long it takes to start one
 */
record ProcessStarter(ProgramFinder programs, Distribution startNanos) {
  private static final File NO_INPUT = new File("/dev/null");

  /** Starts a program that we speak to. */
  Process start(List<String> command, Map<String, String> environment) {
    return start(command, environment, ProcessBuilder.Redirect.PIPE);
  }

  /** Starts one that finds nothing to read. */
  Process startWithoutInput(List<String> command) {
    return start(command, Map.of(), ProcessBuilder.Redirect.from(NO_INPUT));
  }

  private Process start(
      List<String> command, Map<String, String> environment, ProcessBuilder.Redirect input) {
    String program = command.getFirst();
    var line = new ArrayList<>(command);
    line.set(0, path(program).toString());
    var builder = new ProcessBuilder(line).redirectInput(input);
    builder.environment().clear();
    builder.environment().put("PATH", programs.path());
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    try {
      long began = System.nanoTime();
      Process process = builder.start();
      startNanos.observe(System.nanoTime() - began);
      return process;
    } catch (IOException e) {
      programs.forget(program);
      throw new KernelException("start " + program, String.valueOf(e.getMessage()));
    }
  }

  private Path path(String program) {
    var absolute = Path.of(program);
    if (absolute.isAbsolute()) {
      return absolute;
    }
    return programs
        .find(program)
        .orElseThrow(
            () -> new KernelException("start " + program, "not found in " + programs.path()));
  }
}
