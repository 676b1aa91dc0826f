package felix.calc.index;

import felix.calc.index.Demand.Term;
import felix.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Selectors, each filed under one of its demands, so that labels meet only those that they could
 * satisfy. A selector goes where the fewest are already: of ten thousand that all demand {@code
 * alpha == "beta"} and one label more, all but one are filed under the other label.
 */
final class SelectorFiles<E> {
  private final Map<String, OfLabel<E>> byLabel = new HashMap<>();
  private final MatchSet<E> withoutDemand = new MatchSet<>();

  private static final class OfLabel<E> {
    final MatchSet<E> anyValue = new MatchSet<>();
    final Map<String, MatchSet<E>> byValue = new HashMap<>(2);

    @Nullable MatchSet<E> get(Term term) {
      return term.value() == null ? anyValue : byValue.get(term.value());
    }

    void add(Term term, E element) {
      MatchSet<E> elements =
          term.value() == null
              ? anyValue
              : byValue.computeIfAbsent(term.value(), value -> new MatchSet<>());
      elements.add(element);
    }

    void remove(Term term, E element) {
      MatchSet<E> elements = get(term);
      if (elements != null) {
        elements.remove(element);
        if (elements.isEmpty() && term.value() != null) {
          byValue.remove(term.value());
        }
      }
    }

    boolean isEmpty() {
      return anyValue.isEmpty() && byValue.isEmpty();
    }
  }

  /** Files under the best of these demands and returns it; null: there was none to choose. */
  @Nullable Demand add(E element, List<Demand> demands) {
    Demand best = null;
    int least = Integer.MAX_VALUE;
    for (Demand demand : demands) {
      int load = load(demand);
      if (load < least) {
        best = demand;
        least = load;
      }
    }
    if (best == null) {
      withoutDemand.add(element);
    } else {
      for (Term term : best.terms()) {
        byLabel.computeIfAbsent(term.label(), label -> new OfLabel<>()).add(term, element);
      }
    }
    return best;
  }

  /**
   * Takes out again.
   *
   * @param filedUnder what {@link #add} returned
   */
  void remove(E element, @Nullable Demand filedUnder) {
    if (filedUnder == null) {
      withoutDemand.remove(element);
    } else {
      for (Term term : filedUnder.terms()) {
        remove(term, element);
      }
    }
  }

  /** Those that these labels could satisfy; the same one may come several times. */
  void forEachCandidate(Labels labels, Consumer<? super E> action) {
    labels.forEach(
        (label, value) -> {
          OfLabel<E> file = byLabel.get(label);
          if (file != null) {
            file.anyValue.forEach(action);
            MatchSet<E> elements = file.byValue.get(value);
            if (elements != null) {
              elements.forEach(action);
            }
          }
        });
  }

  /** Those that any labels could satisfy. */
  void forEachWithoutDemand(Consumer<? super E> action) {
    withoutDemand.forEach(action);
  }

  int sizeWithoutDemand() {
    return withoutDemand.size();
  }

  /** How many selectors labels would meet at the most crowded of the places. */
  private int load(Demand demand) {
    int load = 0;
    for (Term term : demand.terms()) {
      OfLabel<E> file = byLabel.get(term.label());
      if (file != null) {
        MatchSet<E> elements = file.get(term);
        load = Math.max(load, elements == null ? 0 : elements.size());
      }
    }
    return load;
  }

  private void remove(Term term, E element) {
    OfLabel<E> file = byLabel.get(term.label());
    if (file != null) {
      file.remove(term, element);
      if (file.isEmpty()) {
        byLabel.remove(term.label());
      }
    }
  }
}
