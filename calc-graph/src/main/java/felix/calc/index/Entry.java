package felix.calc.index;

import felix.selector.Selector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A selector and what it matches. */
final class Entry<S, K, V> {
  final S id;
  final Selector selector;

  /** All whose items it matches, whatever they inherit. */
  final MatchSet<Group<S, K, V>> groups = new MatchSet<>();

  /** Items of other groups, which it matches because of what they inherit. */
  final MatchSet<Item<S, K, V>> heirs = new MatchSet<>();

  @Nullable Demand filedUnder;

  Entry(S id, Selector selector) {
    this.id = id;
    this.selector = selector;
  }

  boolean hasMatch() {
    return !groups.isEmpty() || !heirs.isEmpty();
  }

  void forEachMatch(Consumer<? super Item<S, K, V>> action) {
    groups.forEach(group -> group.items.forEach(action));
    heirs.forEach(action);
  }
}
