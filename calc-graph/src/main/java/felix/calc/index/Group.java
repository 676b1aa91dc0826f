package felix.calc.index;

import felix.model.Labels;

/**
 * The items that have equal labels of their own; there is at least one. What can be told from these
 * labels alone is found out and stored once for all of them.
 */
final class Group<S, K, V> {
  final Labels labels;
  final MatchSet<Item<S, K, V>> items = new MatchSet<>();

  /** All selectors that match these labels and look at no other label while they do. */
  final MatchSet<Entry<S, K, V>> matches = new MatchSet<>();

  Group(Labels labels) {
    this.labels = labels;
  }

  void match(Entry<S, K, V> entry) {
    matches.add(entry);
    entry.groups.add(this);
  }

  /** Takes back all that {@link #match} did, when there is no item left. */
  void dissolve() {
    matches.forEach(entry -> entry.groups.remove(this));
  }
}
