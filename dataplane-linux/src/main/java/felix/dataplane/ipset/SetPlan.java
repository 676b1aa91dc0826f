package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetRequest;
import felix.dataplane.netlink.IpSetRequest.Change;
import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.IpSetRequest.Destroy;
import felix.dataplane.netlink.IpSetRequest.Flush;
import felix.dataplane.netlink.IpSetRequest.Swap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What brings a set to what is desired of it: steps, of which each may be taken only if all of the
 * one before was carried out. Pure.
 *
 * <p>It is no transaction: what came before a refusal stays. So all of it can be done again, and
 * deletions come before additions, since a set may be full.
 */
record SetPlan(TrackedSet set, List<List<IpSetRequest>> steps) {
  /**
   * From so many changed members on a set is rewritten, if that is less to write than the changes.
   * Small sets that change often are not worth a set made and destroyed each time.
   */
  private static final int WORTH_REWRITING = 1_000;

  /**
   * The plan for a set.
   *
   * @param tempNames gives names that no set has
   */
  static SetPlan of(TrackedSet set, Supplier<String> tempNames) {
    return new SetPlan(
        set,
        switch (set.state()) {
          case ABSENT -> fill(set, set.name());
          case COMPARED -> change(set, tempNames);
          case OTHER -> replace(set, tempNames);
        });
  }

  int requests() {
    return steps.stream().mapToInt(List::size).sum();
  }

  private static List<List<IpSetRequest>> change(TrackedSet set, Supplier<String> tempNames) {
    int changes = set.missing().size() + set.surplus().size();
    if (changes >= WORTH_REWRITING && changes > set.desired().size()) {
      return swapIn(set, tempNames);
    }
    var step = new ArrayList<IpSetRequest>();
    PackedEntries.requests(Change.DELETE, set.name(), set.format(), set.surplus(), step);
    PackedEntries.requests(Change.ADD, set.name(), set.format(), set.missing(), step);
    return List.of(step);
  }

  private static List<List<IpSetRequest>> replace(TrackedSet set, Supplier<String> tempNames) {
    if (set.isSwappable()) {
      return swapIn(set, tempNames);
    }
    var steps = new ArrayList<List<IpSetRequest>>();
    // A set that rules name cannot be destroyed, but with no members it at least matches nothing.
    steps.add(List.of(new Flush(set.name()), new Destroy(set.name())));
    steps.addAll(fill(set, set.name()));
    return steps;
  }

  /** Packets see the old members, then the new ones, and nothing between. */
  private static List<List<IpSetRequest>> swapIn(TrackedSet set, Supplier<String> tempNames) {
    String temp = tempNames.get();
    var steps = new ArrayList<>(fill(set, temp));
    steps.add(List.of(new Swap(temp, set.name())));
    steps.add(List.of(new Destroy(temp)));
    return steps;
  }

  /** Two steps: members must not get into a set of another type that is there instead. */
  private static List<List<IpSetRequest>> fill(TrackedSet set, String name) {
    List<IpSetRequest> create = List.of(new Create(name, set.header(), set.desired().size()));
    if (set.desired().isEmpty()) {
      return List.of(create);
    }
    var members = new ArrayList<IpSetRequest>();
    PackedEntries.requests(Change.ADD, name, set.format(), set.desired(), members);
    return List.of(create, members);
  }
}
