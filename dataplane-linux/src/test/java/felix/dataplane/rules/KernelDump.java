package felix.dataplane.rules;

import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Go Felix v3.14 left in a kernel: the hashes of each chain's rules, as iptables-save showed
 * them. A hash is made of the text that was written, so equal hashes mean equal text.
 */
final class KernelDump {
  private static final Pattern RULE = Pattern.compile("-A (\\S+) .*?\"cali:([^\"]{16})\".*");

  private final Map<String, Map<String, List<String>>> hashes = new LinkedHashMap<>();

  private KernelDump() {}

  /** Reads the output of iptables-save and ip6tables-save, each behind a line that names it. */
  static KernelDump read(String file) {
    var dump = new KernelDump();
    String program = "";
    String table = "";
    for (String line : TestFiles.read(file).lines().toList()) {
      if (line.startsWith("### ")) {
        program = line.substring(4);
      } else if (line.startsWith("*")) {
        table = line.substring(1);
      } else if (line.startsWith(":")) {
        dump.chains(program + table).put(line.substring(1).split(" ", -1)[0], new ArrayList<>());
      } else {
        dump.addRule(program + table, line);
      }
    }
    return dump;
  }

  /** By chain; a chain without rules has an empty list. */
  Map<String, List<String>> hashes(IpVersion version, Table table) {
    String program =
        switch (version) {
          case V4 -> "iptables";
          case V6 -> "ip6tables";
        };
    return chains(program + table.kernelName());
  }

  private Map<String, List<String>> chains(String programAndTable) {
    return hashes.computeIfAbsent(programAndTable, key -> new LinkedHashMap<>());
  }

  private void addRule(String programAndTable, String line) {
    var rule = RULE.matcher(line);
    if (rule.matches()) {
      chains(programAndTable)
          .computeIfAbsent(rule.group(1), key -> new ArrayList<>())
          .add(rule.group(2));
    }
  }
}
