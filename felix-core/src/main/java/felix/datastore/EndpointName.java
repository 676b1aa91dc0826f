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
    int start = 0;
    for (int dash = name.indexOf('-'); dash >= 0; ) {
      int next = dash + 1;
      if (next < name.length() && name.charAt(next) == '-') {
        next++;
      } else {
        parts.add(part(name, start, dash));
        start = next;
      }
      dash = name.indexOf('-', next);
    }
    parts.add(part(name, start, name.length()));
    return parts;
  }

  private static String part(String name, int start, int end) {
    return name.substring(start, end).replace("--", "-");
  }
}
