package felix.rpf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The agent's two settings that the check needs, from the environment and felix.cfg. What the
 * datastore holds is not known here.
 */
record CheckSettings(boolean ignoreLooseRpf, WorkloadInterfaces workloads) {
  private static final String PREFIX = "felix_";
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "t");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "n", "f", "none");

  /** What could not be understood goes to {@code warnings}, and the default is used. */
  static CheckSettings read(Path file, Map<String, String> environment, Consumer<String> warnings) {
    Map<String, String> values = new HashMap<>();
    try {
      values.putAll(FelixCfg.read(file));
    } catch (IOException e) {
      warnings.accept("cannot read " + file + ": " + e.getMessage());
    }
    values.values().removeIf(String::isBlank);
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              String name = variable.toLowerCase(Locale.ROOT);
              if (name.startsWith(PREFIX) && !value.isBlank()) {
                values.put(name.substring(PREFIX.length()), value.strip());
              }
            });
    return new CheckSettings(
        ignore(values.getOrDefault("ignorelooserpf", "false"), warnings),
        workloads(values.getOrDefault("interfaceprefix", "cali"), warnings));
  }

  private static boolean ignore(String text, Consumer<String> warnings) {
    String word = text.toLowerCase(Locale.ROOT);
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      warnings.accept(
          "IgnoreLooseRPF is \"" + text + "\", which is not true or false: using false");
    }
    return TRUE.contains(word);
  }

  private static WorkloadInterfaces workloads(String text, Consumer<String> warnings) {
    List<String> prefixes = Arrays.asList(text.split(",", -1));
    boolean named = prefixes.stream().allMatch(prefix -> prefix.matches("[a-zA-Z0-9_-]{1,15}"));
    if (named && !text.equalsIgnoreCase("none")) {
      return new WorkloadInterfaces(prefixes);
    }
    warnings.accept("InterfacePrefix is \"" + text + "\", which is no list of names: using cali");
    return WorkloadInterfaces.CALICO;
  }
}
