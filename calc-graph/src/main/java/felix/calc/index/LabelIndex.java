package felix.calc.index;

import felix.model.Labelled;
import felix.model.Labels;
import felix.selector.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which selectors match which items, by the items' own labels and those that they inherit from
 * profiles.
 *
 * <p>Both ways are narrowed before anything is matched. Labels that change meet only the selectors
 * filed under one of them ({@link SelectorFiles}); a selector that arrives meets only those that
 * carry what it demands ({@link Postings}). Items with equal labels of their own are one {@link
 * Group}, which is matched once if these labels decide. Only real matches are stored, one reference
 * each way.
 *
 * @param <S> names a selector
 * @param <K> names an item
 * @param <V> an item
 */
public final class LabelIndex<S, K, V extends Labelled> {
  private final Map<K, Item<S, K, V>> items = new HashMap<>();
  private final Map<Labels, Group<S, K, V>> groups = new HashMap<>();
  private final Map<S, Entry<S, K, V>> selectors = new HashMap<>();
  private final Postings<Group<S, K, V>> groupsByLabel = new Postings<>();
  private final Inheritance<Item<S, K, V>> inheritance = new Inheritance<>();
  private final SelectorFiles<Entry<S, K, V>> files = new SelectorFiles<>();
  private final Comparison comparison = new Comparison(inheritance);
  private long narrowed;
  private long scans;

  /** Adds an item, or puts another in its place. */
  public void putItem(K key, V value, MatchListener<? super S, ? super K, ? super V> listener) {
    Item<S, K, V> item = items.get(key);
    if (item == null) {
      addItem(key, value, listener);
      return;
    }
    V before = item.value;
    item.value = value;
    if (before.labels().equals(value.labels()) && before.profiles().equals(value.profiles())) {
      item.forEachMatch(match -> listener.changed(match.id, key, before, value));
    } else {
      relabel(item, before, listener);
    }
  }

  /** Removes an item if it is there. */
  public void removeItem(K key, MatchListener<? super S, ? super K, ? super V> listener) {
    Item<S, K, V> item = items.remove(key);
    if (item == null) {
      return;
    }
    V value = item.value;
    item.forEachMatch(match -> listener.stopped(match.id, key, value));
    item.disinherit();
    inheritance.move(item, value.profiles(), List.of());
    leaveGroup(item);
  }

  /** Sets the labels that a profile gives to the items that name it. */
  public void putProfileLabels(
      String name, Labels labels, MatchListener<? super S, ? super K, ? super V> listener) {
    inheritance.putLabels(name, labels);
    inheritance.forEachHeir(
        name,
        item -> {
          for (Entry<S, K, V> match : item.inherited()) {
            if (!comparison.matches(match.selector, item.value)) {
              item.forget(match);
              match.heirs.remove(item);
              listener.stopped(match.id, item.key, item.value);
            }
          }
          inheritNewMatches(item, listener);
        });
  }

  /**
   * Adds a selector.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public void addSelector(
      S id, Selector selector, MatchListener<? super S, ? super K, ? super V> listener) {
    var entry = new Entry<S, K, V>(id, selector);
    if (selectors.putIfAbsent(id, entry) != null) {
      throw new IllegalStateException("already there: " + id);
    }
    List<Demand> demands = Demand.of(selector);
    entry.filedUnder = files.add(entry, demands);
    Demand narrowest = narrowest(demands);
    if (narrowest == null) {
      scans++;
      groups.values().forEach(group -> startIfMatching(group, entry, listener));
      return;
    }
    narrowed++;
    // Groups first: what is not decided for all of a group is then the affair of each item.
    for (Demand.Term term : narrowest.terms()) {
      groupsByLabel.forEach(term, group -> startIfMatching(group, entry, listener));
    }
    for (Demand.Term term : narrowest.terms()) {
      inheritance.forEachHeir(term, item -> startIfMatching(item, entry, listener));
    }
  }

  /** Removes a selector if it is there. */
  public void removeSelector(S id, MatchListener<? super S, ? super K, ? super V> listener) {
    Entry<S, K, V> entry = selectors.remove(id);
    if (entry == null) {
      return;
    }
    files.remove(entry, entry.filedUnder);
    entry.groups.forEach(group -> group.matches.remove(entry));
    entry.heirs.forEach(item -> item.forget(entry));
    entry.forEachMatch(item -> listener.stopped(id, item.key, item.value));
  }

  /** The items that a selector matches now. */
  public void forEachMatch(S id, BiConsumer<? super K, ? super V> action) {
    Entry<S, K, V> entry = selectors.get(id);
    if (entry != null) {
      entry.forEachMatch(item -> action.accept(item.key, item.value));
    }
  }

  /** The selectors that match an item now. */
  public void forEachSelectorOf(K key, Consumer<? super S> action) {
    Item<S, K, V> item = items.get(key);
    if (item != null) {
      item.forEachMatch(match -> action.accept(match.id));
    }
  }

  /** Whether a selector matches any item now. */
  public boolean hasMatch(S id) {
    Entry<S, K, V> entry = selectors.get(id);
    return entry != null && entry.hasMatch();
  }

  /** What it holds and did. */
  public IndexFigures figures() {
    return new IndexFigures(
        items.size(),
        selectors.size(),
        files.sizeWithoutDemand(),
        comparison.matches(),
        comparison.mismatches(),
        narrowed,
        scans);
  }

  private void addItem(K key, V value, MatchListener<? super S, ? super K, ? super V> listener) {
    var item = new Item<>(key, value, group(value.labels()));
    items.put(key, item);
    item.group.items.add(item);
    inheritance.move(item, List.of(), value.profiles());
    item.group.matches.forEach(match -> listener.started(match.id, key, value));
    inheritNewMatches(item, listener);
  }

  private void relabel(
      Item<S, K, V> item, V before, MatchListener<? super S, ? super K, ? super V> listener) {
    V value = item.value;
    List<Entry<S, K, V>> matchesBefore = item.matches();
    item.disinherit();
    inheritance.move(item, before.profiles(), value.profiles());
    if (!value.labels().equals(item.group.labels)) {
      leaveGroup(item);
      item.group = group(value.labels());
      item.group.items.add(item);
    }
    for (Entry<S, K, V> match : matchesBefore) {
      if (inheritIfMatching(item, match) || item.isMatchedBy(match)) {
        listener.changed(match.id, item.key, before, value);
      } else {
        listener.stopped(match.id, item.key, before);
      }
    }
    var known = new HashSet<>(matchesBefore);
    item.group.matches.forEach(
        match -> {
          if (!known.contains(match)) {
            listener.started(match.id, item.key, value);
          }
        });
    inheritNewMatches(item, listener);
  }

  /** That of these labels, which finds its matches when it is made. */
  private Group<S, K, V> group(Labels labels) {
    Group<S, K, V> there = groups.get(labels);
    if (there != null) {
      return there;
    }
    var group = new Group<S, K, V>(labels);
    groups.put(labels, group);
    groupsByLabel.move(group, Labels.NONE, labels);
    Consumer<Entry<S, K, V>> tryOut =
        entry -> {
          if (comparison.ofOwn(entry.selector, labels) == Comparison.Verdict.YES) {
            group.match(entry);
          }
        };
    files.forEachCandidate(labels, tryOut);
    files.forEachWithoutDemand(tryOut);
    return group;
  }

  private void leaveGroup(Item<S, K, V> item) {
    Group<S, K, V> group = item.group;
    group.items.remove(item);
    if (group.items.isEmpty()) {
      group.dissolve();
      groups.remove(group.labels);
      groupsByLabel.move(group, group.labels, Labels.NONE);
    }
  }

  private void inheritNewMatches(
      Item<S, K, V> item, MatchListener<? super S, ? super K, ? super V> listener) {
    Consumer<Entry<S, K, V>> tryOut = entry -> startIfMatching(item, entry, listener);
    files.forEachCandidate(item.group.labels, tryOut);
    for (String profile : item.value.profiles()) {
      files.forEachCandidate(inheritance.labels(profile), tryOut);
    }
    files.forEachWithoutDemand(tryOut);
  }

  private void startIfMatching(
      Group<S, K, V> group,
      Entry<S, K, V> entry,
      MatchListener<? super S, ? super K, ? super V> listener) {
    if (group.matches.contains(entry)) {
      return;
    }
    switch (comparison.ofOwn(entry.selector, group.labels)) {
      case YES -> {
        group.match(entry);
        group.items.forEach(item -> listener.started(entry.id, item.key, item.value));
      }
      case NO -> {}
      case OPEN -> group.items.forEach(item -> startIfMatching(item, entry, listener));
    }
  }

  private void startIfMatching(
      Item<S, K, V> item,
      Entry<S, K, V> entry,
      MatchListener<? super S, ? super K, ? super V> listener) {
    if (inheritIfMatching(item, entry)) {
      listener.started(entry.id, item.key, item.value);
    }
  }

  /** Returns whether it did not match so far and does now, by what is inherited. */
  private boolean inheritIfMatching(Item<S, K, V> item, Entry<S, K, V> entry) {
    if (item.isMatchedBy(entry) || !comparison.matches(entry.selector, item.value)) {
      return false;
    }
    item.inherit(entry);
    return true;
  }

  /** That which the fewest satisfy; null: none narrows anything. */
  private @Nullable Demand narrowest(List<Demand> demands) {
    Demand best = null;
    long fewest = items.size();
    for (Demand demand : demands) {
      long carriers = carriers(demand, fewest);
      if (carriers < fewest) {
        best = demand;
        fewest = carriers;
      }
    }
    return best;
  }

  /** How many carry what is demanded, at most; the limit if it may be that or more. */
  private long carriers(Demand demand, long limit) {
    long count = 0;
    for (Demand.Term term : demand.terms()) {
      count += groupsByLabel.count(term);
      if (count >= limit) {
        return limit;
      }
      count += inheritance.countHeirs(term, limit);
    }
    return count;
  }
}
