package felix.dataplane.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofSeconds(1));

  @Test
  void doublesUpToTheLimit() {
    assertThat(IntStream.rangeClosed(1, 12).mapToObj(n -> backoff.delay(n).toMillis()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1000L, 1000L);
  }

  @Test
  void neverOverflows() {
    assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(new Backoff(Duration.ofNanos(1), Duration.ofDays(100_000)).delay(63))
        .isEqualTo(Duration.ofNanos(1L << 62));
  }

  @Test
  void aLimitThatIsTheFirstDelayIsAlwaysIt() {
    var steady = new Backoff(Duration.ofMillis(5), Duration.ofMillis(5));
    assertThat(steady.delay(1)).isEqualTo(steady.delay(2)).isEqualTo(Duration.ofMillis(5));
  }
}
