package felix.dataplane;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import java.util.ArrayList;
import java.util.List;

/** Notes which programs are run, with the table where there is one. */
final class CommandLog implements CommandRunner {
  private final CommandRunner runner;
  private final List<String> commands = new ArrayList<>();

  CommandLog(CommandRunner runner) {
    this.runner = runner;
  }

  /** What was run since the last call. */
  List<String> take() {
    var taken = List.copyOf(commands);
    commands.clear();
    return taken;
  }

  /** Notes what was done without a program. */
  void note(String line) {
    commands.add(line);
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    String program = command.getFirst();
    commands.add(
        program.endsWith("-restore")
            ? program + " " + input.lines().filter(l -> l.startsWith("*")).findFirst().orElse("")
            : String.join(" ", command));
    return runner.run(command, input);
  }
}
