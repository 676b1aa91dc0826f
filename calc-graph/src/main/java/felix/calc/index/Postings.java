package felix.calc.index;

import felix.calc.index.Demand.Term;
import felix.model.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Who carries which label: label, then value, to those that have it. */
final class Postings<E> {
  private final Map<String, ByValue<E>> byLabel = new HashMap<>();

  private static final class ByValue<E> {
    final Map<String, MatchSet<E>> carriers = new HashMap<>(2);

    /** Over all values. */
    int size;
  }

  /** Replaces the labels that an element is listed under. */
  void move(E element, Labels before, Labels after) {
    before.forEach(
        (label, value) -> {
          if (!value.equals(after.get(label))) {
            remove(label, value, element);
          }
        });
    after.forEach(
        (label, value) -> {
          if (!value.equals(before.get(label))) {
            add(label, value, element);
          }
        });
  }

  void forEach(Term term, Consumer<? super E> action) {
    ByValue<E> byValue = byLabel.get(term.label());
    if (byValue == null) {
      return;
    }
    if (term.value() == null) {
      byValue.carriers.values().forEach(carriers -> carriers.forEach(action));
      return;
    }
    MatchSet<E> carriers = byValue.carriers.get(term.value());
    if (carriers != null) {
      carriers.forEach(action);
    }
  }

  int count(Term term) {
    ByValue<E> byValue = byLabel.get(term.label());
    if (byValue == null) {
      return 0;
    }
    if (term.value() == null) {
      return byValue.size;
    }
    MatchSet<E> carriers = byValue.carriers.get(term.value());
    return carriers == null ? 0 : carriers.size();
  }

  private void add(String label, String value, E element) {
    ByValue<E> byValue = byLabel.computeIfAbsent(label, l -> new ByValue<>());
    if (byValue.carriers.computeIfAbsent(value, v -> new MatchSet<>()).add(element)) {
      byValue.size++;
    }
  }

  private void remove(String label, String value, E element) {
    ByValue<E> byValue = byLabel.get(label);
    MatchSet<E> carriers = byValue == null ? null : byValue.carriers.get(value);
    if (byValue == null || carriers == null || !carriers.remove(element)) {
      throw new IllegalStateException("not listed under " + label + ": " + element);
    }
    byValue.size--;
    if (carriers.isEmpty()) {
      byValue.carriers.remove(value);
    }
    if (byValue.size == 0) {
      byLabel.remove(label);
    }
  }
}
