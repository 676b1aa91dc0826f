package felix.dataplane;

import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.InSync;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.reconcile.Throttle;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step of the loop with its timers: when the driver is called next, and how it has fared. */
final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  /**
   * After so many failures in a row of the table that keeps packets out the process ends: the rules
   * stay as they are, and a new process reads everything anew.
   */
  private static final int FATAL_FAILURES = 10;

  /**
   * A driver in doubt reads the kernel at once if that happens now and then, and twice a second if
   * somebody goes on undoing what it does.
   */
  private static final int DOUBTS_AT_ONCE = 5;

  private static final Duration BETWEEN_DOUBTS = Duration.ofMillis(500);

  private final Step step;
  private final RefreshTimer timer;
  private final Throttle doubts;
  private int failures;
  private long retryAt;
  private boolean inSync;
  private boolean othersMayFollow;

  /** Whether it waits for an earlier step: its own timers do not matter then. */
  private boolean heldBack;

  StepRunner(Step step, RandomGenerator random, LongSupplier nanoTime) {
    long now = nanoTime.getAsLong();
    this.step = step;
    this.timer = new RefreshTimer(step.refresh(), random, now);
    this.doubts = new Throttle(DOUBTS_AT_ONCE, BETWEEN_DOUBTS, nanoTime);
    this.retryAt = now;
    queueResync();
  }

  String name() {
    return step.driver().name();
  }

  long writes() {
    return step.driver().writes();
  }

  Stage stage() {
    return step.stage();
  }

  /** Whether the kernel held all that is desired when the driver last ran. */
  boolean isInSync() {
    return inSync;
  }

  /** Whether the driver left something undone. */
  boolean hasFailed() {
    return !inSync && !heldBack;
  }

  /** Whether steps that need what this one writes may run. */
  boolean othersMayFollow() {
    return othersMayFollow;
  }

  /** Interfaces on which the kernel refuses single objects. */
  Set<String> refused() {
    return step.driver().refused();
  }

  /** Whether there is a reason to call the driver though nothing is desired that was not before. */
  boolean isDue(long now) {
    boolean due = timer.fires(now) && step.driver().refresh();
    if (step.driver().isInDoubt() && doubts.tryTake()) {
      queueResync();
      due = true;
    }
    if (heldBack || (failures > 0 && now - retryAt < 0)) {
      return due;
    }
    return due || step.driver().hasRead() || (!inSync && now - retryAt >= 0);
  }

  /** How long until {@link #isDue} may hold, unless something happens before. */
  long nanosUntilDue(long now) {
    long due = timer.nanosUntilDue(now);
    if (step.driver().isInDoubt()) {
      due = Math.min(due, doubts.nanosUntilToken());
    }
    if (!heldBack && (!inSync || step.driver().hasRead())) {
      due = Math.min(due, failures > 0 || !step.driver().hasRead() ? retryAt - now : 0);
    }
    return due;
  }

  void refresh(RefreshIntervals intervals, long now) {
    intervals.of(stage()).ifPresent(interval -> timer.change(interval, now));
  }

  void queueResync() {
    step.driver().queueResync();
  }

  void readAhead() {
    step.driver().readAhead();
  }

  void onEventsLost() {
    step.driver().onEventsLost();
  }

  /** What it needs is not there; it is called again once the step that failed is. */
  void holdBack() {
    inSync = false;
    heldBack = true;
  }

  /**
   * Calls the driver, unless it failed and its pause is not over.
   *
   * @return whether it failed now
   */
  boolean run(long now) {
    if (failures > 0 && now - retryAt < 0) {
      return false;
    }
    int before = failures;
    call(now);
    return failures > before;
  }

  private void call(long now) {
    heldBack = false;
    long before = writes();
    boolean reading = step.driver().isReading();
    ApplyOutcome outcome = step.driver().apply();
    if (writes() != before) {
      timer.wrote(now);
      if (reading) {
        timer.readInVain(now);
      }
    }
    switch (outcome) {
      case InSync() -> succeeded();
      case NotReady(var why) -> {
        LOG.debug("{}: waiting: {}", name(), why);
        succeeded();
      }
      case Partly(var after, var cause) -> {
        succeeded();
        inSync = false;
        retryAt = now + after.toNanos();
        LOG.debug("{}: {}", name(), cause.getMessage());
      }
      case Retry retry -> failed(retry, now);
    }
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.info("{}: in sync again after {} failures", name(), failures);
    }
    failures = 0;
    inSync = true;
    othersMayFollow = true;
  }

  private void failed(Retry retry, long now) {
    failures++;
    inSync = false;
    othersMayFollow = false;
    retryAt = now + retry.after().toNanos();
    if (failures == 1) {
      LOG.warn("{}: {}; will retry", name(), retry.cause().getMessage());
    }
    if (step.stage() == Stage.FILTER && failures >= FATAL_FAILURES) {
      throw new KernelException(
          name(), failures + " failures in a row: " + retry.cause().getMessage());
    }
  }
}
