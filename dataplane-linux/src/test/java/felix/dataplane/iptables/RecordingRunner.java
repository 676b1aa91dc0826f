package felix.dataplane.iptables;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import java.util.ArrayList;
import java.util.List;

/** Passes everything on and remembers what was asked. */
final class RecordingRunner implements CommandRunner {
  private final CommandRunner runner;
  private final List<String> batches = new ArrayList<>();
  private int saves;

  RecordingRunner(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    if (command.getFirst().endsWith("-restore")) {
      batches.add(input);
    } else {
      saves++;
    }
    return runner.run(command, input);
  }

  /** Inputs of the restores so far. */
  List<String> batches() {
    return batches;
  }

  int writes() {
    return batches.size();
  }

  int reads() {
    return saves;
  }
}
