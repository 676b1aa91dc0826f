package felix.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for things that another process does. Limits are for a machine at full speed; an emulated
 * one has {@code -Dlab.slowness}.
 */
public final class Await {
  private static final Duration STEP = Duration.ofMillis(50);

  private static final int SLOWNESS = Integer.getInteger("lab.slowness", 1);

  private Await() {}

  /**
   * Returns as soon as the condition holds; past the limit it is an exception that says what did
   * not come about.
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    if (!within(limit, condition)) {
      throw new LabException("not within " + limit.toSeconds() * SLOWNESS + " s: " + what);
    }
  }

  /** Whether the condition holds before the limit; returns as soon as it does. */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    return within(limit, STEP, condition);
  }

  /** The same, for a condition that is work to find out about. */
  static boolean within(Duration limit, Duration step, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos() * SLOWNESS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(step);
    }
    return true;
  }

  /** Whether the condition is true all the while: for what must not happen. */
  public static boolean stays(Duration span, BooleanSupplier condition) {
    long end = System.nanoTime() + span.toNanos() * SLOWNESS;
    while (condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return true;
      }
      pause(STEP);
    }
    return false;
  }

  static void pause(Duration span) {
    LockSupport.parkNanos(span.toNanos());
  }
}
