package felix.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicBoolean well = new AtomicBoolean();
  private final Lasting lasting =
      new Lasting(HealthCheck.holds(well::get, "behind"), GRACE, now::get);

  @Test
  void nothingIsForgivenBeforeAllWasWellOnce() {
    assertThat(lasting.problem())
        .hasValueSatisfying(text -> assertThat(text).startsWith("behind, for "));
    well.set(true);
    assertThat(lasting.problem()).isEmpty();
  }

  @Test
  void shortProblemsAreForgivenAndLongOnesAreNot() {
    well.set(true);
    assertThat(lasting.problem()).isEmpty();
    well.set(false);
    assertThat(lasting.problem()).isEmpty();
    pass(GRACE);
    assertThat(lasting.problem()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(lasting.problem())
        .hasValueSatisfying(text -> assertThat(text).startsWith("behind, for "));
  }

  @Test
  void eachProblemHasItsOwnGrace() {
    well.set(true);
    assertThat(lasting.problem()).isEmpty();
    well.set(false);
    assertThat(lasting.problem()).isEmpty();
    well.set(true);
    pass(GRACE.multipliedBy(2));
    assertThat(lasting.problem()).isEmpty();
    well.set(false);
    pass(GRACE.multipliedBy(2));
    assertThat(lasting.problem()).isEmpty();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
