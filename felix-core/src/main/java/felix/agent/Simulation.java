package felix.agent;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults on purpose, so that a site can see whether its probes find them. */
final class Simulation {
  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);

  private Simulation() {}

  /** Never returns to a thread that calls it after this time; zero for never. */
  static Runnable hang(String whose, Duration after) {
    if (after.isZero()) {
      return () -> {};
    }
    LOG.warn("As the configuration asks, {} thread hangs in {} s", whose, after.toSeconds());
    long at = System.nanoTime() + after.toNanos();
    return () -> {
      while (System.nanoTime() - at > 0) {
        LockSupport.park();
      }
    };
  }

  /** Takes this time with every call; zero for none. */
  static Runnable delay(Duration time) {
    return () -> {
      long end = System.nanoTime() + time.toNanos();
      for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
    };
  }

  /** Ends the process as a bug would; zero for never. */
  static void fault(Duration after, Consumer<Throwable> onFault) {
    if (after.isPositive()) {
      LOG.warn("As the configuration asks, the process ends in {} s", after.toSeconds());
      Thread.ofPlatform()
          .daemon()
          .name("simulated-fault")
          .start(
              () -> {
                delay(after).run();
                onFault.accept(new IllegalStateException("DebugPanicAfter"));
              });
    }
  }
}
