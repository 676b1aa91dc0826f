package felix.calc.index;

import felix.model.Labelled;
import felix.model.Labels;
import felix.selector.LabelLookup;
import felix.selector.Selector;
import java.util.HashMap;
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
 * filed under one of them ({@link SelectorFiles}); a selector that arrives meets only the items
 * that carry what it demands ({@link Postings}). Only real matches are stored, one reference each
 * way.
 *
 * @param <S> names a selector
 * @param <K> names an item
 * @param <V> an item
 */
public final class LabelIndex<S, K, V extends Labelled> {
  private final Map<K, Item<S, K, V>> items = new HashMap<>();
  private final Map<S, Entry<S, K, V>> selectors = new HashMap<>();
  private final Postings<Item<S, K, V>> itemsByOwnLabel = new Postings<>();
  private final Inheritance<Item<S, K, V>> inheritance = new Inheritance<>();
  private final SelectorFiles<Entry<S, K, V>> files = new SelectorFiles<>();
  private final EffectiveLabels effective = new EffectiveLabels();
  private long matches;
  private long mismatches;
  private long narrowed;
  private long scans;

  /** An item and the selectors that match it. */
  private static final class Item<S, K, V> {
    final K key;
    final MatchSet<Entry<S, K, V>> matches = new MatchSet<>();
    V value;

    Item(K key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  /** A selector and the items that it matches. */
  private static final class Entry<S, K, V> {
    final S id;
    final Selector selector;
    final MatchSet<Item<S, K, V>> matched = new MatchSet<>();
    @Nullable Demand filedUnder;

    Entry(S id, Selector selector) {
      this.id = id;
      this.selector = selector;
    }
  }

  /** The labels of one item after inheritance; there is one of these for all, to save garbage. */
  private final class EffectiveLabels implements LabelLookup {
    private Labels own = Labels.NONE;
    private List<String> parents = List.of();

    EffectiveLabels of(Labelled item) {
      own = item.labels();
      parents = item.profiles();
      return this;
    }

    @Override
    public @Nullable String get(String label) {
      String value = own.get(label);
      return value != null ? value : inheritance.get(parents, label);
    }
  }

  /** Adds an item, or puts another in its place. */
  public void putItem(K key, V value, MatchListener<? super S, ? super K, ? super V> listener) {
    Item<S, K, V> item = items.get(key);
    if (item == null) {
      item = new Item<>(key, value);
      items.put(key, item);
      link(item, Labels.NONE, value.labels(), List.of(), value.profiles());
      findNewMatches(item, listener);
      return;
    }
    V before = item.value;
    item.value = value;
    link(item, before.labels(), value.labels(), before.profiles(), value.profiles());
    boolean relabelled =
        !before.labels().equals(value.labels()) || !before.profiles().equals(value.profiles());
    if (relabelled) {
      dropStaleMatches(item, before, listener);
    }
    item.matches.forEach(match -> listener.changed(match.id, key, before, value));
    if (relabelled) {
      findNewMatches(item, listener);
    }
  }

  /** Removes an item if it is there. */
  public void removeItem(K key, MatchListener<? super S, ? super K, ? super V> listener) {
    Item<S, K, V> item = items.remove(key);
    if (item == null) {
      return;
    }
    V value = item.value;
    link(item, value.labels(), Labels.NONE, value.profiles(), List.of());
    item.matches.forEach(
        match -> {
          match.matched.remove(item);
          listener.stopped(match.id, key, value);
        });
  }

  /** Sets the labels that a profile gives to the items that name it. */
  public void putProfileLabels(
      String name, Labels labels, MatchListener<? super S, ? super K, ? super V> listener) {
    inheritance.putLabels(name, labels);
    inheritance.forEachHeir(
        name,
        item -> {
          dropStaleMatches(item, item.value, listener);
          findNewMatches(item, listener);
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
    forEachCandidate(demands, item -> startIfMatching(item, entry, listener));
  }

  /** Removes a selector if it is there. */
  public void removeSelector(S id, MatchListener<? super S, ? super K, ? super V> listener) {
    Entry<S, K, V> entry = selectors.remove(id);
    if (entry == null) {
      return;
    }
    files.remove(entry, entry.filedUnder);
    entry.matched.forEach(
        item -> {
          item.matches.remove(entry);
          listener.stopped(id, item.key, item.value);
        });
  }

  /** The items that a selector matches now. */
  public void forEachMatch(S id, BiConsumer<? super K, ? super V> action) {
    Entry<S, K, V> entry = selectors.get(id);
    if (entry != null) {
      entry.matched.forEach(item -> action.accept(item.key, item.value));
    }
  }

  /** The selectors that match an item now. */
  public void forEachSelectorOf(K key, Consumer<? super S> action) {
    Item<S, K, V> item = items.get(key);
    if (item != null) {
      item.matches.forEach(match -> action.accept(match.id));
    }
  }

  /** Whether a selector matches any item now. */
  public boolean hasMatch(S id) {
    Entry<S, K, V> entry = selectors.get(id);
    return entry != null && !entry.matched.isEmpty();
  }

  /** What it holds and did. */
  public IndexFigures figures() {
    return new IndexFigures(
        items.size(),
        selectors.size(),
        files.sizeWithoutDemand(),
        matches,
        mismatches,
        narrowed,
        scans);
  }

  private void dropStaleMatches(
      Item<S, K, V> item, V before, MatchListener<? super S, ? super K, ? super V> listener) {
    effective.of(item.value);
    for (Entry<S, K, V> match : item.matches.toList()) {
      if (!matches(match)) {
        item.matches.remove(match);
        match.matched.remove(item);
        listener.stopped(match.id, item.key, before);
      }
    }
  }

  private void findNewMatches(
      Item<S, K, V> item, MatchListener<? super S, ? super K, ? super V> listener) {
    Consumer<Entry<S, K, V>> tryOut = entry -> startIfMatching(item, entry, listener);
    files.forEachCandidate(item.value.labels(), tryOut);
    for (String profile : item.value.profiles()) {
      files.forEachCandidate(inheritance.labels(profile), tryOut);
    }
    files.forEachWithoutDemand(tryOut);
  }

  private void startIfMatching(
      Item<S, K, V> item,
      Entry<S, K, V> entry,
      MatchListener<? super S, ? super K, ? super V> listener) {
    if (item.matches.contains(entry)) {
      return;
    }
    effective.of(item.value);
    if (!matches(entry)) {
      return;
    }
    item.matches.add(entry);
    entry.matched.add(item);
    listener.started(entry.id, item.key, item.value);
  }

  /** Whether a selector matches the effective labels. */
  private boolean matches(Entry<S, K, V> entry) {
    boolean matches = entry.selector.matches(effective);
    if (matches) {
      this.matches++;
    } else {
      mismatches++;
    }
    return matches;
  }

  /** All items that satisfy the demand which the fewest satisfy; one may come several times. */
  private void forEachCandidate(List<Demand> demands, Consumer<Item<S, K, V>> action) {
    Demand best = null;
    long fewest = items.size();
    for (Demand demand : demands) {
      long carriers = carriers(demand, fewest);
      if (carriers < fewest) {
        best = demand;
        fewest = carriers;
      }
    }
    if (best == null) {
      scans++;
      items.values().forEach(action);
      return;
    }
    narrowed++;
    for (Demand.Term term : best.terms()) {
      itemsByOwnLabel.forEach(term, action);
      inheritance.forEachHeir(term, action);
    }
  }

  /** How many items carry what is demanded, at most; the limit if it may be that or more. */
  private long carriers(Demand demand, long limit) {
    long count = 0;
    for (Demand.Term term : demand.terms()) {
      count += itemsByOwnLabel.count(term);
      if (count >= limit) {
        return limit;
      }
      count += inheritance.countHeirs(term, limit);
    }
    return count;
  }

  private void link(
      Item<S, K, V> item, Labels was, Labels is, List<String> parentsWere, List<String> parents) {
    itemsByOwnLabel.move(item, was, is);
    inheritance.move(item, parentsWere, parents);
  }
}
