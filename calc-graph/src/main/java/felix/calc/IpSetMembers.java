package felix.calc;

import felix.calc.index.IndexFigures;
import felix.calc.index.LabelIndex;
import felix.calc.index.MatchListener;
import felix.calc.index.RefCounts;
import felix.delta.Changes;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.MemberChanges;
import felix.model.Labelled;
import felix.model.Labels;
import felix.model.ProfileLabels;
import felix.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the members of the IP sets in use, from the endpoints of the whole cluster and the network
 * sets. Several of them may bring the same member: it stays until the last is gone. A selector is
 * matched once for all sets that are made of it.
 */
final class IpSetMembers {
  /** Selectors go by the ID of their own set. */
  private final LabelIndex<IpSetId, ResourceKey, Labelled> index = new LabelIndex<>();

  private final Map<IpSetId, List<IpSet>> bySelector = new HashMap<>();

  private record IpSet(IpSetDefinition definition, RefCounts<IpSetMember> members) {
    void add(Labelled item, MemberChanges changes) {
      definition.forEachMember(
          item,
          member -> {
            if (members.increment(member)) {
              changes.add(definition.id(), member);
            }
          });
    }

    void remove(Labelled item, MemberChanges changes) {
      definition.forEachMember(
          item,
          member -> {
            if (members.decrement(member)) {
              changes.remove(definition.id(), member);
            }
          });
    }
  }

  /** Brings the members after the matches. */
  private final class Recorder implements MatchListener<IpSetId, ResourceKey, Labelled> {
    final MemberChanges changes = new MemberChanges();

    @Override
    public void started(IpSetId selector, ResourceKey key, Labelled item) {
      setsOf(selector).forEach(set -> set.add(item, changes));
    }

    @Override
    public void stopped(IpSetId selector, ResourceKey key, Labelled item) {
      setsOf(selector).forEach(set -> set.remove(item, changes));
    }

    @Override
    public void changed(IpSetId selector, ResourceKey key, Labelled before, Labelled after) {
      // What stays is counted twice meanwhile, so it is not reported at all.
      started(selector, key, after);
      stopped(selector, key, before);
    }
  }

  MemberChanges apply(ResourceChanges in, Changes<IpSetId, IpSetDefinition> ipSets) {
    var recorder = new Recorder();
    for (var change : ipSets) {
      if (change.before() != null) {
        drop(change.before(), recorder);
      }
    }
    for (var change : in.profileLabels()) {
      ProfileLabels after = change.after();
      Labels labels = after == null ? Labels.NONE : after.labels();
      index.putProfileLabels(change.key().profile(), labels, recorder);
    }
    applyItems(in.endpoints(), recorder);
    applyItems(in.hostEndpoints(), recorder);
    applyItems(in.networkSets(), recorder);
    for (var change : ipSets) {
      if (change.after() != null) {
        create(change.after(), recorder);
      }
    }
    return recorder.changes;
  }

  /** Of all endpoints and network sets. */
  IndexFigures figures() {
    return index.figures();
  }

  private <K extends ResourceKey, V extends Labelled> void applyItems(
      Changes<K, V> items, Recorder recorder) {
    for (var change : items) {
      V after = change.after();
      if (after == null) {
        index.removeItem(change.key(), recorder);
      } else {
        index.putItem(change.key(), after, recorder);
      }
    }
  }

  private List<IpSet> setsOf(IpSetId selector) {
    return bySelector.getOrDefault(selector, List.of());
  }

  private void create(IpSetDefinition definition, Recorder recorder) {
    var set = new IpSet(definition, new RefCounts<>());
    List<IpSet> sets = bySelector.get(definition.selectorId());
    if (sets == null) {
      bySelector.put(definition.selectorId(), new ArrayList<>(List.of(set)));
      index.addSelector(definition.selectorId(), definition.selector(), recorder);
    } else {
      sets.add(set);
      index.forEachMatch(definition.selectorId(), (key, item) -> set.add(item, recorder.changes));
    }
  }

  private void drop(IpSetDefinition definition, Recorder recorder) {
    IpSetId selector = definition.selectorId();
    var left = new ArrayList<IpSet>();
    for (IpSet set : setsOf(selector)) {
      if (set.definition.id().equals(definition.id())) {
        set.members.toList().forEach(m -> recorder.changes.remove(definition.id(), m));
      } else {
        left.add(set);
      }
    }
    bySelector.put(selector, left);
    if (left.isEmpty()) {
      bySelector.remove(selector);
      index.removeSelector(selector, recorder);
    }
  }
}
