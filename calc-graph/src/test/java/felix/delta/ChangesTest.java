package felix.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangesTest {

  @Test
  void changeBackToTheStartVanishes() {
    var changes = new Changes<String, Integer>();
    changes.record("a", 1, 2);
    changes.record("b", null, 5);
    changes.record("a", 2, null);
    changes.record("a", null, 1);

    assertThat(changes.all()).containsExactly(new Change<>("b", null, 5));
  }

  @Test
  void severalStepsOfOneKeyAreOneChange() {
    var changes = new Changes<String, Integer>();
    changes.record("a", 1, 2);
    changes.record("a", 2, null);
    changes.record("a", null, 3);

    assertThat(changes.get("a")).isEqualTo(new Change<>("a", 1, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void mergedIsTheSameAsOneAfterTheOther(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var start = new HashMap<Integer, Integer>();
      walk(start, random);
      var oneByOne = new HashMap<>(start);
      var merged = new Changes<Integer, Integer>();
      for (int batch = 0; batch < 3; batch++) {
        Changes<Integer, Integer> changes = walk(oneByOne, random);
        merged.mergeLater(changes);
      }
      var atOnce = new HashMap<>(start);
      merged.applyTo(atOnce);

      assertThat(atOnce).as("seed %s", seed).isEqualTo(oneByOne);
      for (var change : merged) {
        assertThat(change.before()).isEqualTo(start.get(change.key()));
        assertThat(change.after())
            .isEqualTo(oneByOne.get(change.key()))
            .isNotEqualTo(change.before());
      }
    }
  }

  /** Random steps on a few keys, recorded. */
  private static Changes<Integer, Integer> walk(Map<Integer, Integer> state, Random random) {
    var changes = new Changes<Integer, Integer>();
    int steps = random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      int key = random.nextInt(4);
      Integer after = random.nextInt(3) == 0 ? null : (Integer) random.nextInt(3);
      changes.record(key, state.get(key), after);
      if (after == null) {
        state.remove(key);
      } else {
        state.put(key, after);
      }
    }
    return changes;
  }
}
