package felix.dataplane;

import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Calls the drivers of one family in the order of their {@link Stage}s. Each runs even if an
 * earlier one failed, with one exception: tables wait until the IP sets that they name are there.
 * Lives on the dataplane thread.
 */
final class ApplyLoop {
  private final List<StepRunner> steps;
  private final LongSupplier nanoTime;
  private final Runnable onProgress;
  private boolean setsThere;

  ApplyLoop(List<Step> steps, LongSupplier nanoTime, RandomGenerator random, Runnable onProgress) {
    long now = nanoTime.getAsLong();
    this.steps =
        steps.stream()
            .sorted(Comparator.comparing(Step::stage))
            .map(step -> new StepRunner(step, random, now))
            .toList();
    this.nanoTime = nanoTime;
    this.onProgress = onProgress;
  }

  boolean apply(boolean changed) {
    long now = nanoTime.getAsLong();
    boolean due = steps.stream().filter(step -> step.isDue(now)).count() > 0;
    if (changed || due) {
      setsThere = true;
      steps.forEach(step -> run(step, now));
    }
    return true;
  }

  boolean isInSync() {
    return steps.stream().allMatch(StepRunner::isInSync);
  }

  private void run(StepRunner step, long now) {
    if (step.stage().namesIpSets() && !setsThere) {
      step.holdBack();
      return;
    }
    step.run(now);
    if (step.stage() == Stage.IP_SETS_FILLED) {
      setsThere = step.othersMayFollow();
    }
    onProgress.run();
  }
}
