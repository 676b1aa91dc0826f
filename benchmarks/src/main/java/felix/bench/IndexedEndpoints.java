package felix.bench;

import felix.calc.index.LabelIndex;
import felix.calc.index.MatchListener;
import felix.calc.index.RefCounts;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.MemberChanges;
import felix.model.Labels;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.selector.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A label index, and behind it the members of an IP set for each selector, counted as the graph
 * does: what Felix's index is measured with. An endpoint has a profile of its own.
 */
final class IndexedEndpoints
    implements MatchListener<String, WorkloadEndpointKey, WorkloadEndpoint> {
  private final World world = new World();
  private final LabelIndex<String, WorkloadEndpointKey, WorkloadEndpoint> index =
      new LabelIndex<>();
  private final Map<String, IpSet> sets = new HashMap<>();
  private MemberChanges changes = new MemberChanges();

  private record IpSet(IpSetId id, RefCounts<IpSetMember> members) {}

  static WorkloadEndpointKey key(int number) {
    return new WorkloadEndpointKey("host", "k8s", "default/wep-" + number, "eth0");
  }

  /** As decoded: no part of it is shared with another. */
  WorkloadEndpoint endpoint(int number, Map<String, String> labels) {
    return world.endpoint(number, "namespace-" + number, world.labels(labels));
  }

  MemberChanges put(WorkloadEndpointKey key, WorkloadEndpoint endpoint) {
    index.putItem(key, endpoint, this);
    return changes();
  }

  MemberChanges remove(WorkloadEndpointKey key) {
    index.removeItem(key, this);
    return changes();
  }

  MemberChanges putProfile(String name, Labels labels) {
    index.putProfileLabels(name, labels, this);
    return changes();
  }

  MemberChanges add(String name, Selector selector) {
    sets.put(name, new IpSet(new IpSetId(name), new RefCounts<>()));
    index.addSelector(name, selector, this);
    return changes();
  }

  MemberChanges remove(String name) {
    index.removeSelector(name, this);
    sets.remove(name);
    return changes();
  }

  @Override
  public void started(String selector, WorkloadEndpointKey key, WorkloadEndpoint endpoint) {
    IpSet set = set(selector);
    for (IpSetMember member : members(endpoint)) {
      if (set.members.increment(member)) {
        changes.add(set.id, member);
      }
    }
  }

  @Override
  public void stopped(String selector, WorkloadEndpointKey key, WorkloadEndpoint endpoint) {
    IpSet set = set(selector);
    for (IpSetMember member : members(endpoint)) {
      if (set.members.decrement(member)) {
        changes.remove(set.id, member);
      }
    }
  }

  @Override
  public void changed(
      String selector, WorkloadEndpointKey key, WorkloadEndpoint before, WorkloadEndpoint after) {
    started(selector, key, after);
    stopped(selector, key, before);
  }

  private IpSet set(String selector) {
    return Objects.requireNonNull(sets.get(selector));
  }

  private static List<IpSetMember> members(WorkloadEndpoint endpoint) {
    return List.of(new IpSetMember.Net(endpoint.networks().getFirst()));
  }

  private MemberChanges changes() {
    MemberChanges taken = changes;
    changes = new MemberChanges();
    return taken;
  }
}
