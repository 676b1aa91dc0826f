package felix.dataplane.reconcile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTrackerTest {
  private static final int STEPS = 2_000;
  private static final int KEYS = 8;
  private static final int VALUES = 3;

  private final DeltaTracker<Integer, Integer> tracker = new DeltaTracker<>();
  private final Map<Integer, Integer> desired = new HashMap<>();
  private final Map<Integer, Integer> actual = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void pendingIsAlwaysTheDifference(long seed) {
    var random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      anyChange(random);
      assertThat(tracker.pendingUpdates()).as("seed %s, step %s", seed, step).isEqualTo(updates());
      assertThat(tracker.pendingRemovals())
          .as("seed %s, step %s", seed, step)
          .isEqualTo(removals());
      assertThat(tracker.desired()).isEqualTo(desired);
      assertThat(tracker.actual()).isEqualTo(actual);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void doingAllThatIsPendingBringsItInSync(long seed) {
    var random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      anyChange(random);
      for (var key : Set.copyOf(tracker.pendingUpdates())) {
        tracker.actualSet(key, requireNonNull(tracker.desired(key)));
      }
      Set.copyOf(tracker.pendingRemovals()).forEach(tracker::actualRemoved);
      assertThat(tracker.isInSync()).as("seed %s, step %s", seed, step).isTrue();
      assertThat(tracker.actual()).isEqualTo(tracker.desired());
      actual.clear();
      actual.putAll(desired);
    }
  }

  @Test
  void updatesComeInTheOrderTheyCameUp() {
    tracker.set(3, 0);
    tracker.set(1, 0);
    tracker.set(2, 0);
    tracker.set(3, 1);
    assertThat(tracker.pendingUpdates()).containsExactly(3, 1, 2);
  }

  private void anyChange(Random random) {
    int key = random.nextInt(KEYS);
    int value = random.nextInt(VALUES);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        tracker.set(key, value);
        desired.put(key, value);
      }
      case 2 -> {
        tracker.remove(key);
        desired.remove(key);
      }
      case 3, 4 -> {
        tracker.actualSet(key, value);
        actual.put(key, value);
      }
      case 5 -> {
        tracker.actualRemoved(key);
        actual.remove(key);
      }
      case 6 -> {
        var all = anyMap(random);
        tracker.replaceAll(all);
        desired.clear();
        desired.putAll(all);
      }
      default -> {
        var all = anyMap(random);
        tracker.replaceActual(all);
        actual.clear();
        actual.putAll(all);
      }
    }
  }

  private static Map<Integer, Integer> anyMap(Random random) {
    var map = new HashMap<Integer, Integer>();
    for (int i = random.nextInt(KEYS); i > 0; i--) {
      map.put(random.nextInt(KEYS), random.nextInt(VALUES));
    }
    return map;
  }

  private Set<Integer> updates() {
    var keys = new HashSet<>(desired.keySet());
    keys.removeIf(key -> Objects.equals(desired.get(key), actual.get(key)));
    return keys;
  }

  private Set<Integer> removals() {
    var keys = new HashSet<>(actual.keySet());
    keys.removeAll(desired.keySet());
    return keys;
  }
}
