package felix.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the command line asks for. */
sealed interface Arguments {
  Path DEFAULT_CONFIG_FILE = Path.of("/etc/calico/felix.cfg");

  String USAGE =
      """
      Usage: calico-felix [options]                        run the agent
             calico-felix config [options]                 print each setting's value and source
             calico-felix uninstall [--dry-run] [options]  remove all that the agent has written to
                                                           this host's kernel, and list it; with
                                                           --dry-run only list it

      Options:
        -c, --config-file=FILE  settings; need not exist [default: /etc/calico/felix.cfg]
        --offline               (config) do not ask the datastore
        --json                  (config) as JSON
        --version               print the version and end
        -h, --help              print this and end
      """;

  /** Run the agent. */
  record Run(Path configFile) implements Arguments {}

  /** Print what an agent would run with. */
  record Config(Path configFile, boolean offline, boolean json) implements Arguments {}

  /** Remove what is ours from this host. */
  record Uninstall(Path configFile, boolean dryRun) implements Arguments {}

  /** Print the version. */
  record Version() implements Arguments {}

  /** Print the usage. */
  record Help() implements Arguments {}

  /** Nothing that can be done; the text says why. */
  record Wrong(String reason) implements Arguments {}

  static Arguments parse(List<String> arguments) {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    return switch (command) {
      case "config" -> {
        var options = new ArrayList<>(arguments.subList(1, arguments.size()));
        boolean offline = options.removeIf("--offline"::equals);
        boolean json = options.removeIf("--json"::equals);
        yield parse(options, file -> new Config(file, offline, json));
      }
      case "uninstall" -> {
        var options = new ArrayList<>(arguments.subList(1, arguments.size()));
        boolean dryRun = options.removeIf("--dry-run"::equals);
        yield parse(options, file -> new Uninstall(file, dryRun));
      }
      default -> parse(arguments, Run::new);
    };
  }

  private static Arguments parse(List<String> options, Function<Path, Arguments> command) {
    Path file = DEFAULT_CONFIG_FILE;
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      switch (option) {
        case "--version" -> {
          return new Version();
        }
        case "-h", "--help" -> {
          return new Help();
        }
        case "-c", "--config-file" -> {
          i++;
          if (i == options.size()) {
            return new Wrong(option + " needs a file");
          }
          file = Path.of(options.get(i));
        }
        default -> {
          if (!option.startsWith("--config-file=")) {
            return new Wrong("unknown argument " + option);
          }
          file = Path.of(option.substring("--config-file=".length()));
        }
      }
    }
    return command.apply(file);
  }
}
