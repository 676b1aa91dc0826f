package felix.dataplane;

import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.reconcile.Throttle;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Calls the drivers of one family in the order of their {@link Stage}s. Each runs even if an
 * earlier one failed, with two exceptions: tables wait until the IP sets that they name are there,
 * and what goes by the policy in force waits until the tables hold it. Lives on the dataplane
 * thread.
 */
final class ApplyLoop {
  /** Felix's: ten applies at once, then ten a second. */
  private static final int BURST = 10;

  private static final Duration REFILL = Duration.ofMillis(100);

  /**
   * For what somebody waits for: members of sets that change by the thousand must not use it up.
   */
  private static final Duration URGENT_REFILL = Duration.ofMillis(20);

  private final List<StepRunner> steps;
  private final LongSupplier nanoTime;
  private final Throttle throttle;
  private final Throttle urgentThrottle;
  private final Runnable onProgress;

  /** Whether there is a reason to run that was not followed yet. */
  private boolean waiting;

  /** Whether somebody waits for it. */
  private boolean urgent;

  private boolean setsAreThere;
  private boolean policyIsThere;

  /** When the steps last began. */
  private long began;

  /**
   * A loop whose drivers will read the kernel when they first run.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param onProgress called after each step
   */
  ApplyLoop(List<Step> steps, LongSupplier nanoTime, RandomGenerator random, Runnable onProgress) {
    this.steps =
        steps.stream()
            .sorted(Comparator.comparing(Step::stage))
            .map(step -> new StepRunner(step, random, nanoTime))
            .toList();
    this.nanoTime = nanoTime;
    this.throttle = new Throttle(BURST, REFILL, nanoTime);
    this.urgentThrottle = new Throttle(BURST, URGENT_REFILL, nanoTime);
    this.onProgress = onProgress;
  }

  /** Runs all steps: {@link #serve} and {@link #followUp}. */
  boolean apply(boolean changed) {
    boolean ran = serve(changed);
    if (ran) {
      followUp();
    }
    return ran;
  }

  /**
   * Runs the steps that a packet may wait for, if something changed or is due. Too soon after too
   * many others it only remembers that.
   *
   * @return whether they ran; then {@link #followUp} must be called
   */
  boolean serve(boolean changed) {
    long now = nanoTime.getAsLong();
    waiting |= changed;
    for (var step : steps) {
      waiting |= step.isDue(now);
    }
    if (!waiting || !mayRun()) {
      return false;
    }
    waiting = false;
    urgent = false;
    setsAreThere = true;
    policyIsThere = true;
    began = now;
    steps.stream().filter(step -> !step.stage().mayFollow()).forEach(step -> run(step, now));
    return true;
  }

  /** The same for a change that somebody waits for. */
  boolean serveSoon() {
    urgent = true;
    return serve(true);
  }

  /** Runs the other steps. */
  void followUp() {
    steps.stream().filter(step -> step.stage().mayFollow()).forEach(step -> run(step, began));
  }

  private boolean mayRun() {
    return (urgent && urgentThrottle.tryTake()) || throttle.tryTake();
  }

  /** How long until {@link #apply} has something to do, unless something happens before. */
  long nanosUntilDue() {
    if (waiting) {
      long token = throttle.nanosUntilToken();
      return urgent ? Math.min(token, urgentThrottle.nanosUntilToken()) : token;
    }
    long now = nanoTime.getAsLong();
    return steps.stream().mapToLong(step -> step.nanosUntilDue(now)).min().orElse(Long.MAX_VALUE);
  }

  /** Whether nothing waits, and the kernel serves workloads as is desired. */
  boolean hasTaken() {
    return !waiting && servesWorkloads();
  }

  /** Whether workloads get what they need, apart from single objects that the kernel refuses. */
  boolean servesWorkloads() {
    return steps.stream()
        .filter(step -> step.stage().servesWorkloads())
        .allMatch(StepRunner::othersMayFollow);
  }

  /** Interfaces on which the kernel refuses such objects. */
  Set<String> refused() {
    return steps.stream()
        .filter(step -> step.stage().servesWorkloads())
        .flatMap(step -> step.refused().stream())
        .collect(Collectors.toSet());
  }

  /** Has the drivers read the kernel at other intervals from now on. */
  void refresh(RefreshIntervals intervals) {
    long now = nanoTime.getAsLong();
    steps.forEach(step -> step.refresh(intervals, now));
  }

  /** Begins to read the kernel for the first apply. Called before the dataplane thread runs. */
  void readAhead() {
    steps.forEach(StepRunner::readAhead);
  }

  /** Something happened in the kernel that nobody heard of. */
  void onEventsLost() {
    steps.forEach(StepRunner::onEventsLost);
  }

  /** Whether the kernel held all that is desired when the steps last ran. */
  boolean isInSync() {
    return !waiting && steps.stream().allMatch(StepRunner::isInSync);
  }

  /** Whether a driver left something undone when the steps last ran. */
  boolean hasFailed() {
    return steps.stream().anyMatch(StepRunner::hasFailed);
  }

  /** Shows how often each driver wrote to the kernel. */
  void writes(ObjLongConsumer<String> consumer) {
    steps.forEach(step -> consumer.accept(step.name(), step.writes()));
  }

  private void run(StepRunner step, long now) {
    if ((step.stage().namesIpSets() && !setsAreThere)
        || (step.stage().followsPolicy() && !policyIsThere)) {
      policyIsThere = false;
      step.holdBack();
      return;
    }
    boolean refused = step.run(now);
    if (step.stage() == Stage.IP_SETS_FILLED) {
      setsAreThere = step.othersMayFollow();
    } else if (step.stage().namesIpSets() && refused) {
      lookAtSetsAgain();
    }
    if (step.stage() == Stage.FILTER) {
      policyIsThere = step.othersMayFollow();
    }
    onProgress.run();
  }

  /** A table may have been refused because somebody destroyed a set that it names. */
  private void lookAtSetsAgain() {
    steps.stream()
        .filter(step -> step.stage() == Stage.IP_SETS_FILLED)
        .forEach(StepRunner::queueResync);
  }
}
