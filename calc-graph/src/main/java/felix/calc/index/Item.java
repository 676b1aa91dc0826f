package felix.calc.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An item and the selectors that match it. */
final class Item<S, K, V> {
  final K key;
  V value;
  Group<S, K, V> group;

  /** Those that match because of what it inherits, beside those of the group; null: none. */
  private @Nullable MatchSet<Entry<S, K, V>> inherited;

  Item(K key, V value, Group<S, K, V> group) {
    this.key = key;
    this.value = value;
    this.group = group;
  }

  boolean isMatchedBy(Entry<S, K, V> entry) {
    return group.matches.contains(entry) || (inherited != null && inherited.contains(entry));
  }

  void forEachMatch(Consumer<? super Entry<S, K, V>> action) {
    group.matches.forEach(action);
    if (inherited != null) {
      inherited.forEach(action);
    }
  }

  List<Entry<S, K, V>> inherited() {
    return inherited == null ? List.of() : inherited.toList();
  }

  List<Entry<S, K, V>> matches() {
    var matches = new ArrayList<Entry<S, K, V>>();
    forEachMatch(matches::add);
    return matches;
  }

  void inherit(Entry<S, K, V> entry) {
    if (inherited == null) {
      inherited = new MatchSet<>();
    }
    inherited.add(entry);
    entry.heirs.add(this);
  }

  /** Takes back what {@link #inherit} did, on this side. */
  void forget(Entry<S, K, V> entry) {
    if (inherited != null) {
      inherited.remove(entry);
      if (inherited.isEmpty()) {
        inherited = null;
      }
    }
  }

  /** Takes back all that {@link #inherit} did, on both sides. */
  void disinherit() {
    if (inherited != null) {
      inherited.forEach(entry -> entry.heirs.remove(this));
      inherited = null;
    }
  }
}
