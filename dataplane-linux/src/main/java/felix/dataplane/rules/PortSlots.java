package felix.dataplane.rules;

import felix.model.PortRange;
import java.util.ArrayList;
import java.util.List;

/** The slots of iptables' multiport match: a port takes one, a range two. */
final class PortSlots {
  /** XT_MULTI_PORTS. */
  static final int MAX = 15;

  private PortSlots() {}

  static int of(List<PortRange> ports) {
    return ports.stream().mapToInt(PortSlots::of).sum();
  }

  /** The ports in order, in lists that each fit into one match. */
  static List<List<PortRange>> split(List<PortRange> ports) {
    var lists = new ArrayList<List<PortRange>>();
    var current = new ArrayList<PortRange>();
    int free = MAX;
    for (var range : ports) {
      if (of(range) > free) {
        lists.add(List.copyOf(current));
        current.clear();
        free = MAX;
      }
      current.add(range);
      free -= of(range);
    }
    if (!current.isEmpty()) {
      lists.add(List.copyOf(current));
    }
    return lists;
  }

  private static int of(PortRange range) {
    return range.isSinglePort() ? 1 : 2;
  }
}
