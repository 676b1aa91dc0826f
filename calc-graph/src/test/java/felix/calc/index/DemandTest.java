package felix.calc.index;

import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.index.Demand.Term;
import felix.model.Labels;
import felix.selector.Selector;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is demanded decides how many selectors and items are tried: the index's speed. */
final class DemandTest {
  private static final Term A_X = new Term("a", "x");
  private static final Term ANY_B = new Term("b", null);

  @Test
  void andDemandsAllOfItsParts() {
    assertThat(demands("has(b) && a == 'x' && c != 'y'"))
        .containsExactly(new Demand(List.of(A_X)), new Demand(List.of(ANY_B)));
  }

  @Test
  void orDemandsOneOfItsParts() {
    assertThat(demands("a == 'x' || has(b)")).containsExactly(new Demand(List.of(A_X, ANY_B)));
  }

  @Test
  void orOverSomethingWithoutDemandDemandsNothing() {
    assertThat(demands("a == 'x' || !has(b)")).isEmpty();
  }

  @Test
  void emptySetOfValuesCanNeverBeSatisfied() {
    assertThat(demands("a in {}")).containsExactly(new Demand(List.of()));
  }

  @Test
  void endlessListOfValuesIsTakenAsAnyValue() {
    String values =
        IntStream.range(0, 5_000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));

    assertThat(demands("a in {" + values + "}"))
        .containsExactly(new Demand(List.of(new Term("a", null))));
  }

  @Test
  void deepSelectorsAreCutShort() {
    String text = "a == 'x'";
    for (int level = 0; level < 90; level++) {
      text = "(has(b) || (has(b) && " + text + "))";
    }

    assertThat(demands(text)).allSatisfy(demand -> assertThat(demand.terms()).contains(ANY_B));
  }

  /**
   * However many selectors demand the same, labels meet only those that demand something they have.
   */
  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000})
  void labelsMeetFewOfManySelectorsAlike(int count) {
    var files = new SelectorFiles<String>();
    for (int i = 0; i < count; i++) {
      files.add("s" + i, demands("alpha == 'beta' && has(ipset-" + i + ")"));
    }
    int[] met = {0};

    files.forEachCandidate(
        Labels.of(Map.of("alpha", "beta", "ipset-1", "true")), selector -> met[0]++);

    assertThat(met[0]).isLessThanOrEqualTo(2);
  }

  private static List<Demand> demands(String selector) {
    return Demand.of(Selector.parse(selector));
  }
}
