package felix.calc.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MatchSetTest {

  /** Few hashes for many elements: the runs in the table are long, and wrap around its end. */
  private record Element(int number) {
    @Override
    public int hashCode() {
      return number % 7;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 20, 300})
  void behavesLikeHashSet(int elements) {
    var random = new Random(elements);
    var set = new MatchSet<Element>();
    var reference = new HashSet<Element>();
    for (int step = 0; step < 20_000; step++) {
      var element = new Element(random.nextInt(elements));
      // Swings between nearly full and nearly empty, so that the table grows and shrinks.
      boolean adding = random.nextInt(100) < (step / 1_000 % 2 == 0 ? 80 : 20);
      if (adding) {
        assertThat(set.add(element)).isEqualTo(reference.add(element));
      } else {
        assertThat(set.remove(element)).isEqualTo(reference.remove(element));
      }
      assertThat(set.size()).isEqualTo(reference.size());
      var probe = new Element(random.nextInt(elements));
      assertThat(set.contains(probe)).isEqualTo(reference.contains(probe));
      if (step % 100 == 0) {
        assertThat(set.toList()).containsExactlyInAnyOrderElementsOf(reference);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 300})
  void elementStaysUntilItsLastReferenceIsGone(int elements) {
    var random = new Random(elements);
    var counts = new RefCounts<Element>();
    var reference = new HashMap<Element, Integer>();
    for (int step = 0; step < 20_000; step++) {
      var element = new Element(random.nextInt(elements));
      int before = reference.getOrDefault(element, 0);
      // Swings between nearly full and nearly empty, so that the table grows and shrinks.
      boolean adding = random.nextInt(100) < (step / 1_000 % 2 == 0 ? 70 : 20);
      if (before == 0 || adding) {
        assertThat(counts.increment(element)).isEqualTo(before == 0);
        reference.put(element, before + 1);
      } else {
        assertThat(counts.decrement(element)).isEqualTo(before == 1);
        reference.put(element, before - 1);
      }
      reference.values().removeIf(count -> count == 0);
      assertThat(counts.contains(element)).isEqualTo(reference.containsKey(element));
      assertThat(counts.size()).isEqualTo(reference.size());
      if (step % 100 == 0) {
        assertThat(counts.toList()).containsExactlyInAnyOrderElementsOf(reference.keySet());
      }
    }
  }

  @Test
  void takingMoreReferencesThanWereGivenIsRefused() {
    var counts = new RefCounts<String>();
    counts.increment("a");
    counts.decrement("a");

    assertThatThrownBy(() -> counts.decrement("a")).isInstanceOf(IllegalStateException.class);
  }
}
