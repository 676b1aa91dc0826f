package felix.agent;

import felix.log.LogSetup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process, and leaves the kernel as it is. Any thread. An end that nobody asked for waits
 * a little, so that whoever starts the agent again sees no tight loop.
 */
final class Exit {
  private static final Logger LOG = LoggerFactory.getLogger(Exit.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Consumer<ExitCode> halt;
  private final Duration pause;
  private final AtomicBoolean ending = new AtomicBoolean();

  /** For a process of its own that has nothing to finish. */
  static Exit ofProcess() {
    return ofProcess(code -> {});
  }

  /**
   * For a process of its own.
   *
   * @param last what is done at the very end; must not take long
   */
  static Exit ofProcess(Consumer<ExitCode> last) {
    return new Exit(
        code -> {
          try {
            last.accept(code);
          } finally {
            Runtime.getRuntime().halt(code.status());
          }
        },
        PAUSE);
  }

  Exit(Consumer<ExitCode> halt, Duration pause) {
    this.halt = halt;
    this.pause = pause;
  }

  /** Ends it at once, also in a pause. */
  void now(ExitCode code) {
    halt.accept(code);
  }

  /** Ends it after the pause; the first reason counts. Returns at once. */
  void soon(ExitCode code) {
    if (ending.compareAndSet(false, true)) {
      say(code, "Ending with status %d in %d s".formatted(code.status(), pause.toSeconds()));
      Thread.ofPlatform().name("exit").start(() -> afterPause(code));
    }
  }

  private static void say(ExitCode code, String what) {
    switch (code) {
      case FAULT, UNSUITABLE, USAGE, UNAVAILABLE, ALREADY_RUNNING, LEFTOVERS ->
          LogSetup.fatal(Exit.class, what, null);
      case OK, STOPPED, CONFIGURATION_CHANGED -> LOG.warn("{}", what);
    }
  }

  private void afterPause(ExitCode code) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    halt.accept(code);
  }
}
