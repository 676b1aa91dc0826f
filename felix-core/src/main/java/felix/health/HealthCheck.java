package felix.health;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One thing that can be wrong with the agent. Any thread may ask. */
@FunctionalInterface
public interface HealthCheck {
  /** What is wrong, in a few words; empty if nothing is. */
  Optional<String> problem();

  /** Something that must have come about. */
  static HealthCheck holds(BooleanSupplier condition, String otherwise) {
    return () -> condition.getAsBoolean() ? Optional.empty() : Optional.of(otherwise);
  }
}
