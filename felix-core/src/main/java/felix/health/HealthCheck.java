package felix.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** One thing that can be wrong with the agent. Any thread may ask. */
@FunctionalInterface
public interface HealthCheck {
  /** What is wrong, in a few words; empty if nothing is. */
  Optional<String> problem();

  /**
   * A thread that must get somewhere now and then.
   *
   * @param lastProgress when it last did, by {@link System#nanoTime}
   */
  static HealthCheck progress(String thread, LongSupplier lastProgress, Duration limit) {
    return progress(thread, lastProgress, limit, System::nanoTime);
  }

  /** Likewise, by a given clock. */
  static HealthCheck progress(
      String thread, LongSupplier lastProgress, Duration limit, LongSupplier nanoTime) {
    return () -> {
      var stuck = Duration.ofNanos(nanoTime.getAsLong() - lastProgress.getAsLong());
      return stuck.compareTo(limit) <= 0
          ? Optional.empty()
          : Optional.of("%s made no progress for %d s".formatted(thread, stuck.toSeconds()));
    };
  }

  /** Something that must have come about. */
  static HealthCheck holds(BooleanSupplier condition, String otherwise) {
    return () -> condition.getAsBoolean() ? Optional.empty() : Optional.of(otherwise);
  }
}
