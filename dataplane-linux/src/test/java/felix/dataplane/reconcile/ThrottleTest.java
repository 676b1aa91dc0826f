package felix.dataplane.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Duration REFILL = Duration.ofMillis(100);

  private long now = -5;
  private final Throttle throttle = new Throttle(3, REFILL, () -> now);

  @Test
  void afterABurstItGivesOnePerRefill() {
    assertThat(takeAll()).isEqualTo(3);
    pass(Duration.ofMillis(99));
    assertThat(takeAll()).isZero();
    pass(Duration.ofMillis(1));
    assertThat(takeAll()).isEqualTo(1);
    pass(Duration.ofMillis(250));
    assertThat(takeAll()).isEqualTo(2);
    pass(Duration.ofMillis(50));
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void holdsNoMoreThanItsCapacity() {
    takeAll();
    pass(Duration.ofDays(365));
    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void overAnySpanItGivesNoMoreThanTheBucketAndTheRefills() {
    var random = new Random(7);
    int taken = 0;
    long start = now;
    for (int step = 0; step < 10_000; step++) {
      pass(Duration.ofMillis(random.nextInt(120)));
      taken += throttle.tryTake() ? 1 : 0;
      assertThat(taken).isLessThanOrEqualTo(3 + (int) ((now - start) / REFILL.toNanos()));
    }
  }

  private int takeAll() {
    int taken = 0;
    while (throttle.tryTake()) {
      taken++;
    }
    return taken;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
