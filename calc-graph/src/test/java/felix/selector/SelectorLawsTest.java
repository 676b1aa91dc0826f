package felix.selector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelectorLawsTest {
  private static final int SEEDS = 5_000;

  @Test
  void everySpellingParsesToTheTreeItWasWrittenFrom() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var sample = new RandomSelectors(seed).selector(4);
      assertThat(Selector.parse(sample.text())).as("seed %d", seed).isEqualTo(sample.tree());
    }
  }

  @Test
  void canonicalTextParsesToTheSameTree() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Selector tree = new RandomSelectors(seed).selector(4).tree();
      assertThat(Selector.parse(tree.canonical())).as("seed %d", seed).isEqualTo(tree);
    }
  }

  @Test
  void matchesWhatTheNaiveMatcherMatches() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new RandomSelectors(seed);
      var sample = random.selector(4);
      for (int i = 0; i < 10; i++) {
        var labels = random.labels();
        assertThat(sample.tree().matches(labels::get))
            .as("seed %d: %s on %s", seed, sample.text(), labels)
            .isEqualTo(sample.meaning().test(labels));
      }
    }
  }
}
