package felix.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class HistogramTest {
  @Test
  void aValueOnABoundIsNotLargerThanIt() {
    var histogram = new Histogram(10, 20);
    histogram.observe(10, 1);
    histogram.observe(11, 1);
    histogram.observe(20, 1);
    histogram.observe(21, 1);

    assertThat(histogram.cumulative()).containsExactly(1, 3, 4);
    assertThat(histogram.sum()).isEqualTo(62);
  }

  @Test
  void negativeValuesAreZero() {
    var histogram = new Histogram(10);
    histogram.observe(-5, 3);

    assertThat(histogram.cumulative()).containsExactly(3, 3);
    assertThat(histogram.sum()).isZero();
  }

  @Test
  void countsAreThoseOfAllValuesUpToEachBound() {
    var random = new Random(3);
    var histogram = new Histogram(5, 50, 500);
    long[] expected = new long[4];
    long sum = 0;
    for (int i = 0; i < 1_000; i++) {
      int value = random.nextInt(700);
      int times = 1 + random.nextInt(3);
      histogram.observe(value, times);
      sum += (long) value * times;
      for (int bucket = 0; bucket < 4; bucket++) {
        if (bucket == 3 || value <= histogram.bound(bucket)) {
          expected[bucket] += times;
        }
      }
    }
    assertThat(histogram.cumulative()).containsExactly(expected);
    assertThat(histogram.sum()).isEqualTo(sum);
  }

  @Test
  void boundsMustAscend() {
    assertThatThrownBy(() -> new Histogram(1, 2, 2)).hasMessageContaining("[1, 2, 2]");
  }
}
