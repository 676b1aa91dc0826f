package felix.calc.index;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Labels;
import felix.model.NetworkSet;
import felix.selector.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against trying every selector on every item. */
final class LabelIndexTest {
  private static final List<String> SELECTORS =
      List.of(
          "all()",
          "a == 'x'",
          "a != 'x'",
          "a == 'x' && b == 'x'",
          "a == 'x' && has(c)",
          "has(a)",
          "!has(a)",
          "a in {'x', 'y'}",
          "a in {}",
          "a not in {'x'}",
          "a == 'x' || b == 'y'",
          "a == 'x' || !has(b)",
          "(a == 'x' || has(b)) && c == 'y'",
          "!(a == 'x' && b == 'x')",
          "b starts with 'x' && c contains 'y'");

  private record Match(String selector, Integer item) {}

  private final LabelIndex<String, Integer, NetworkSet> index = new LabelIndex<>();
  private final Map<Integer, NetworkSet> items = new HashMap<>();
  private final Map<String, Labels> profiles = new HashMap<>();
  private final Set<String> selectors = new HashSet<>();
  private final Map<Match, NetworkSet> reported = new HashMap<>();

  private final MatchListener<String, Integer, NetworkSet> listener =
      new MatchListener<>() {
        @Override
        public void started(String selector, Integer key, NetworkSet value) {
          assertThat(reported.put(new Match(selector, key), value)).isNull();
        }

        @Override
        public void stopped(String selector, Integer key, NetworkSet value) {
          assertThat(reported.remove(new Match(selector, key))).isEqualTo(value);
        }

        @Override
        public void changed(String selector, Integer key, NetworkSet before, NetworkSet after) {
          assertThat(reported.put(new Match(selector, key), after)).isEqualTo(before);
        }
      };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void reportsWhatTryingAllOnAllFinds(long seed) {
    var random = new Random(seed);
    for (int step = 0; step < 3_000; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> putItem(random.nextInt(8), item(random));
        case 2 -> removeItem(random.nextInt(8));
        case 3 -> putProfile("p" + random.nextInt(3), labels(random));
        case 4 -> addSelector(SELECTORS.get(random.nextInt(SELECTORS.size())));
        default -> removeSelector(SELECTORS.get(random.nextInt(SELECTORS.size())));
      }
      assertThat(reported).as("seed %s, step %s", seed, step).isEqualTo(byBruteForce());
    }
    checkViews();
  }

  private void putItem(int key, NetworkSet item) {
    items.put(key, item);
    index.putItem(key, item, listener);
  }

  private void removeItem(int key) {
    items.remove(key);
    index.removeItem(key, listener);
  }

  private void putProfile(String name, Labels labels) {
    profiles.put(name, labels);
    index.putProfileLabels(name, labels, listener);
  }

  private void addSelector(String selector) {
    if (selectors.add(selector)) {
      index.addSelector(selector, Selector.parse(selector), listener);
    }
  }

  private void removeSelector(String selector) {
    selectors.remove(selector);
    index.removeSelector(selector, listener);
  }

  private Map<Match, NetworkSet> byBruteForce() {
    var matches = new HashMap<Match, NetworkSet>();
    items.forEach(
        (key, item) -> {
          var labels = new HashMap<String, String>();
          for (String profile : item.profiles().reversed()) {
            labels.putAll(profiles.getOrDefault(profile, Labels.NONE).toMap());
          }
          labels.putAll(item.labels().toMap());
          for (String selector : selectors) {
            if (Selector.parse(selector).matches(labels::get)) {
              matches.put(new Match(selector, key), item);
            }
          }
        });
    return matches;
  }

  private void checkViews() {
    var bySelector = new HashSet<Match>();
    for (String selector : SELECTORS) {
      index.forEachMatch(selector, (key, item) -> bySelector.add(new Match(selector, key)));
      assertThat(index.hasMatch(selector))
          .isEqualTo(reported.keySet().stream().anyMatch(m -> m.selector.equals(selector)));
    }
    assertThat(bySelector).isEqualTo(reported.keySet());
    var byItem = new HashSet<Match>();
    for (Integer key : items.keySet()) {
      index.forEachSelectorOf(key, selector -> byItem.add(new Match(selector, key)));
    }
    assertThat(byItem).isEqualTo(reported.keySet());
  }

  private static NetworkSet item(Random random) {
    var names = new ArrayList<String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      names.add("p" + random.nextInt(3));
    }
    return new NetworkSet(List.of(), names, labels(random));
  }

  private static Labels labels(Random random) {
    var labels = new HashMap<String, String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      labels.put(List.of("a", "b", "c").get(random.nextInt(3)), random.nextBoolean() ? "x" : "y");
    }
    return Labels.of(labels);
  }
}
