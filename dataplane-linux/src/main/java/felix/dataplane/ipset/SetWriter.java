package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetRefusal;
import felix.dataplane.netlink.IpSetRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Carries out the plans of many sets together: the first steps of all of them, then the second
 * ones, so that the kernel is asked a few times only. A set of which something is refused drops
 * out.
 */
final class SetWriter {
  /** So much is planned at a time; the rest waits without taking memory. */
  private static final int GROUP_REQUESTS = 500;

  private final CountedIpSets kernel;
  private final Supplier<String> tempNames;
  private final List<SetPlan> group = new ArrayList<>();
  private final Map<TrackedSet, IpSetRefusal> refused = new HashMap<>();
  private int requests;

  private SetWriter(CountedIpSets kernel, Supplier<String> tempNames) {
    this.kernel = kernel;
    this.tempNames = tempNames;
  }

  /**
   * Writes sets.
   *
   * @param tempNames gives names that no set has
   * @return the sets that are not complete now, each with the first of its requests that was
   *     refused
   */
  static Map<TrackedSet, IpSetRefusal> write(
      Collection<TrackedSet> sets, CountedIpSets kernel, Supplier<String> tempNames) {
    var writer = new SetWriter(kernel, tempNames);
    sets.forEach(writer::add);
    writer.writeGroup();
    return writer.refused;
  }

  private void add(TrackedSet set) {
    SetPlan plan = SetPlan.of(set, tempNames);
    group.add(plan);
    requests += plan.requests();
    if (requests >= GROUP_REQUESTS) {
      writeGroup();
    }
  }

  private void writeGroup() {
    for (int step = 0; !group.isEmpty(); step++) {
      writeStep(step);
      int next = step + 1;
      group.removeIf(plan -> refused.containsKey(plan.set()) || next >= plan.steps().size());
    }
    requests = 0;
  }

  private void writeStep(int step) {
    var all = new ArrayList<IpSetRequest>();
    group.forEach(plan -> all.addAll(plan.steps().get(step)));
    List<IpSetRefusal> refusals = kernel.run(all);
    if (refusals.isEmpty()) {
      return;
    }
    var owners = new IdentityHashMap<IpSetRequest, TrackedSet>();
    group.forEach(plan -> plan.steps().get(step).forEach(r -> owners.put(r, plan.set())));
    for (IpSetRefusal refusal : refusals) {
      refused.putIfAbsent(owners.get(refusal.request()), refusal);
    }
  }
}
