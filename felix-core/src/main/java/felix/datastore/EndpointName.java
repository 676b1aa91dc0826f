package felix.datastore;

import felix.model.Shown;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of workload endpoints: host, orchestrator, workload and endpoint, with a dash between them
 * and two dashes for each one in them.
 */
final class EndpointName {
  private EndpointName() {}

  /**
   * @throws BadValueException if the name is none
   */
  static WorkloadEndpointKey parse(String namespace, String name) {
    List<String> parts = split(name);
    if (parts.size() != 4 || parts.contains("")) {
      throw new BadValueException(
          "metadata.name", "not the name of a workload endpoint: '" + Shown.of(name) + "'");
    }
    return new WorkloadEndpointKey(
        Interned.text(parts.get(0)),
        Interned.text(parts.get(1)),
        namespace + "/" + parts.get(2),
        Interned.text(parts.get(3)));
  }

  private static List<String> split(String name) {
    var parts = new ArrayList<String>(4);
    var part = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-') {
        part.append(c);
      } else if (i + 1 < name.length() && name.charAt(i + 1) == '-') {
        part.append(c);
        i++;
      } else {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
