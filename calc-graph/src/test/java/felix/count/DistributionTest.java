package felix.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private long now;
  private final Distribution distribution = new Distribution(() -> now);

  @Test
  void quantilesOfNothingAreNotANumber() {
    assertThat(distribution.quantiles(0.5, 0.99)).containsExactly(Double.NaN, Double.NaN);
    assertThat(distribution.count()).isZero();
  }

  @Test
  void smallNumbersAreExact() {
    for (int value = 1; value <= 10; value++) {
      distribution.observe(value);
    }

    assertThat(distribution.quantiles(0, 0.5, 0.9, 0.99, 1)).containsExactly(1, 5, 9, 10, 10);
    assertThat(distribution.sum()).isEqualTo(55);
  }

  /** Against the sorted list, over sizes from nanoseconds to hours. */
  @Test
  void quantilesAreWithinThreePercent() {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    long[] values = random.longs(5_000, 0, 44).map(bits -> random.nextLong(1L << bits)).toArray();
    Arrays.stream(values).forEach(distribution::observe);
    Arrays.sort(values);

    for (double quantile : new double[] {0.5, 0.9, 0.99}) {
      long exact = values[(int) Math.ceil(quantile * values.length) - 1];
      assertThat(distribution.quantiles(quantile)[0])
          .as("quantile %s, seed %s", quantile, seed)
          .isCloseTo((double) exact, Percentage.withPercentage(3.2));
    }
  }

  @Test
  void whatIsOlderThanTwelveMinutesIsForgottenButStillCounted() {
    distribution.observe(7);
    now += Duration.ofMinutes(10).toNanos();
    assertThat(distribution.quantiles(0.5)).containsExactly(7);
    distribution.observe(3);
    now += Duration.ofMinutes(2).toNanos();

    assertThat(distribution.quantiles(1)).containsExactly(3);
    assertThat(distribution.count()).isEqualTo(2);
    assertThat(distribution.sum()).isEqualTo(10);
  }

  @Test
  void clocksMayBeNegative() {
    now = -Duration.ofHours(1).toNanos();
    distribution.observe(5);

    assertThat(distribution.quantiles(0.5)).containsExactly(5);
  }

  @Test
  void hugeAndNegativeValuesAreCut() {
    distribution.observe(Long.MAX_VALUE);
    distribution.observe(-1);

    assertThat(distribution.quantiles(0)[0]).isZero();
    assertThat(distribution.quantiles(1)[0]).isCloseTo(1L << 45, within((double) (1L << 41)));
  }
}
