package felix.calc.index;

import felix.selector.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What labels must have if a selector is to match them: at least one of these terms. No terms:
 * nothing can match.
 */
record Demand(List<Term> terms) {
  /**
   * A longer list of values is taken as "any value": the selector would have to be filed under
   * each.
   */
  private static final int MOST_TERMS = 1_000;

  /** What lies deeper in a tree is left out of account, so that the thread's stack is safe. */
  private static final int DEEPEST = 20;

  /** Few equalities narrow best, "any value" worst. */
  private static final Comparator<Demand> TIGHTEST_FIRST =
      Comparator.comparing(Demand::hasTermForAnyValue)
          .thenComparingInt(demand -> demand.terms.size());

  /**
   * A label that must be there.
   *
   * @param value what it must be; null: anything
   */
  record Term(String label, @Nullable String value) {}

  Demand {
    terms = List.copyOf(terms);
  }

  /**
   * The demands that follow from a selector, each of which holds for all that it matches; likely
   * good ones first. None: it may match anything.
   */
  static List<Demand> of(Selector selector) {
    return of(selector, DEEPEST);
  }

  private static List<Demand> of(Selector selector, int levels) {
    return switch (selector) {
      case Selector.Has(var label) -> anyValue(label);
      case Selector.Contains(var label, var _) -> anyValue(label);
      case Selector.StartsWith(var label, var _) -> anyValue(label);
      case Selector.EndsWith(var label, var _) -> anyValue(label);
      case Selector.Equals(var label, var value) ->
          List.of(new Demand(List.of(new Term(label, value))));
      case Selector.In(var label, var values) ->
          values.size() > MOST_TERMS
              ? anyValue(label)
              : List.of(new Demand(values.stream().map(value -> new Term(label, value)).toList()));
      case Selector.And(var operands) -> ofAll(operands, levels - 1);
      case Selector.Or(var operands) -> ofAny(operands, levels - 1);
      case Selector.All _, Selector.Global _ -> List.of();
      case Selector.Not _, Selector.NotEquals _, Selector.NotIn _ -> List.of();
    };
  }

  private static List<Demand> anyValue(String label) {
    return List.of(new Demand(List.of(new Term(label, null))));
  }

  private static List<Demand> ofAll(List<Selector> operands, int levels) {
    var demands = new ArrayList<Demand>();
    for (Selector operand : levels > 0 ? operands : List.<Selector>of()) {
      demands.addAll(of(operand, levels));
    }
    demands.sort(TIGHTEST_FIRST);
    return demands;
  }

  private static List<Demand> ofAny(List<Selector> operands, int levels) {
    var terms = new ArrayList<Term>();
    for (Selector operand : operands) {
      List<Demand> demands = levels > 0 ? of(operand, levels) : List.of();
      if (demands.isEmpty()) {
        return List.of();
      }
      terms.addAll(demands.getFirst().terms);
    }
    return terms.size() > MOST_TERMS ? List.of() : List.of(new Demand(terms));
  }

  private boolean hasTermForAnyValue() {
    return terms.stream().anyMatch(term -> term.value == null);
  }
}
