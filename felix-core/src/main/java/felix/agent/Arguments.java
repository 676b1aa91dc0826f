package felix.agent;

import java.nio.file.Path;
import java.util.List;

/** What the command line asks for. */
sealed interface Arguments {
  Path DEFAULT_CONFIG_FILE = Path.of("/etc/calico/felix.cfg");

  String USAGE =
      """
      Usage: calico-felix [options]                       run the agent
             calico-felix config [options]                print each setting's value and source

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

  /** Print the version. */
  record Version() implements Arguments {}

  /** Print the usage. */
  record Help() implements Arguments {}

  /** Nothing that can be done; the text says why. */
  record Wrong(String reason) implements Arguments {}

  static Arguments parse(List<String> arguments) {
    boolean config = !arguments.isEmpty() && arguments.getFirst().equals("config");
    boolean offline = false;
    boolean json = false;
    Path file = DEFAULT_CONFIG_FILE;
    for (int i = config ? 1 : 0; i < arguments.size(); i++) {
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
        case "--offline", "--json" -> {
          if (!config) {
            return new Wrong(argument + " is for config");
          }
          offline |= argument.equals("--offline");
          json |= argument.equals("--json");
        }
        default -> {
          if (!argument.startsWith("--config-file=")) {
            return new Wrong("unknown argument " + argument);
          }
          file = Path.of(argument.substring("--config-file=".length()));
        }
      }
    }
    return config ? new Config(file, offline, json) : new Run(file);
  }
}
