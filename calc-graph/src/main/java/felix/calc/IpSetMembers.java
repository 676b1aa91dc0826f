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
  private final LabelIndex<SetsOfSelector, ResourceKey, Labelled> index = new LabelIndex<>();

  /** By the ID of the set that the selector makes without a port. */
  private final Map<IpSetId, SetsOfSelector> bySelector = new HashMap<>();

  /** What is made of one selector; at least one set. Only equal to itself. */
  private static final class SetsOfSelector {
    final List<IpSet> sets = new ArrayList<>(1);

    void add(Labelled item, MemberChanges changes) {
      for (IpSet set : sets) {
        set.add(item, changes);
      }
    }

    void remove(Labelled item, MemberChanges changes) {
      for (IpSet set : sets) {
        set.remove(item, changes);
      }
    }
  }

  /** Only equal to itself. */
  private static final class IpSet {
    final IpSetDefinition definition;
    final RefCounts<IpSetMember> members = new RefCounts<>();

    IpSet(IpSetDefinition definition) {
      this.definition = definition;
    }

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
  private static final class Recorder
      implements MatchListener<SetsOfSelector, ResourceKey, Labelled> {
    final MemberChanges changes = new MemberChanges();

    @Override
    public void started(SetsOfSelector selector, ResourceKey key, Labelled item) {
      selector.add(item, changes);
    }

    @Override
    public void stopped(SetsOfSelector selector, ResourceKey key, Labelled item) {
      selector.remove(item, changes);
    }

    @Override
    public void changed(SetsOfSelector selector, ResourceKey key, Labelled before, Labelled after) {
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

  private void create(IpSetDefinition definition, Recorder recorder) {
    var set = new IpSet(definition);
    SetsOfSelector there = bySelector.get(definition.selectorId());
    if (there == null) {
      var selector = new SetsOfSelector();
      selector.sets.add(set);
      bySelector.put(definition.selectorId(), selector);
      index.addSelector(selector, definition.selector(), recorder);
    } else {
      there.sets.add(set);
      index.forEachMatch(there, (key, item) -> set.add(item, recorder.changes));
    }
  }

  private void drop(IpSetDefinition definition, Recorder recorder) {
    SetsOfSelector selector = bySelector.get(definition.selectorId());
    if (selector == null) {
      throw new IllegalStateException("no such set: " + definition.id());
    }
    for (IpSet set : List.copyOf(selector.sets)) {
      if (set.definition.id().equals(definition.id())) {
        selector.sets.remove(set);
        set.members.toList().forEach(m -> recorder.changes.remove(definition.id(), m));
      }
    }
    if (selector.sets.isEmpty()) {
      bySelector.remove(definition.selectorId());
      index.removeSelector(selector, recorder);
    }
  }
}
