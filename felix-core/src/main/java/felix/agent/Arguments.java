package felix.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command line asks for. */
sealed interface Arguments {
  Path DEFAULT_CONFIG_FILE = Path.of("/etc/calico/felix.cfg");

  String USAGE =
      """
      Usage: calico-felix [options]
             calico-felix uninstall [--dry-run] [options]

      Without a command the agent runs. uninstall removes all that the agent has written to this
      host's kernel, and lists it; with --dry-run it only lists it. No agent may run meanwhile.

      Options:
        -c, --config-file=FILE  settings; need not exist [default: /etc/calico/felix.cfg]
        --version               print the version and end
        -h, --help              print this and end
      """;

  /** Run the agent. */
  record Run(Path configFile) implements Arguments {}

  /** Remove what is ours from this host. */
  record Uninstall(Path configFile, boolean dryRun) implements Arguments {}

  /** Print the version. */
  record Version() implements Arguments {}

  /** Print the usage. */
  record Help() implements Arguments {}

  /** Nothing that can be done; the text says why. */
  record Wrong(String reason) implements Arguments {}

  static Arguments parse(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("uninstall")) {
      return parseOptions(arguments);
    }
    var options = new ArrayList<>(arguments.subList(1, arguments.size()));
    boolean dryRun = options.removeIf("--dry-run"::equals);
    Arguments rest = parseOptions(options);
    return rest instanceof Run(Path file) ? new Uninstall(file, dryRun) : rest;
  }

  private static Arguments parseOptions(List<String> arguments) {
    Path file = DEFAULT_CONFIG_FILE;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--version" -> {
          return new Version();
        }
        case "-h", "--help" -> {
          return new Help();
        }
        case "-c", "--config-file" -> {
          i++;
          if (i == arguments.size()) {
            return new Wrong(argument + " needs a file");
          }
          file = Path.of(arguments.get(i));
        }
        default -> {
          if (!argument.startsWith("--config-file=")) {
            return new Wrong("unknown argument " + argument);
          }
          file = Path.of(argument.substring("--config-file=".length()));
        }
      }
    }
    return new Run(file);
  }
}
