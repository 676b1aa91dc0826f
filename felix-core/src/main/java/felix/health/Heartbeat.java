package felix.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A thread of the agent that must get somewhere now and then: come round, or finish a piece of
 * work. One that has nothing to do comes round, too.
 *
 * @param name by which {@code HealthTimeoutOverrides} knows it; Felix's where that has such a part
 * @param thread its name
 * @param progress any number that is another one after each piece of work
 * @param limit how long it may stand still; zero for ever
 * @param kind what it means that it is stuck
 */
public record Heartbeat(
    String name, String thread, LongSupplier progress, Duration limit, Kind kind) {
  /** What it means that a thread is stuck. */
  public enum Kind {
    /** The agent does not do its work: it is to be started anew. */
    VITAL,
    /** Nobody's packets depend on it: it is said, and no more. */
    EXTRA
  }
}
