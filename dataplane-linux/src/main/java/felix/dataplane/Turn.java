package felix.dataplane;

import felix.delta.DataplaneDelta;
import felix.latency.ChangeLatency.Apply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One time that the dataplane thread brings the kernel to what is desired, and how long that took:
 * what packets wait for is done for each family before anything that may follow is done for any.
 */
final class Turn {
  private final Families families;
  private final DataplaneStatus status;
  private final long began;
  private final long kernelBefore;
  private @Nullable Served served;

  /** When the first family was served, and how much of the time until then was the kernel's. */
  private record Served(long at, long kernelNanos) {}

  /** One that begins now. */
  Turn(Families families, DataplaneStatus status) {
    this.families = families;
    this.status = status;
    this.began = status.now();
    this.kernelBefore = status.kernelTime().nanos();
  }

  /**
   * One family after the other, in the order of who waits.
   *
   * @param delta null if it is only time for something
   */
  void oneByOne(@Nullable DataplaneDelta delta) {
    var ran = new ArrayList<Dataplane>();
    for (Dataplane dataplane : families.inOrder()) {
      if (delta != null) {
        dataplane.absorb(delta);
      }
      if (dataplane.serve()) {
        ran.add(dataplane);
        served();
      }
    }
    followUp(ran);
  }

  /** Both families at the same time. */
  void atOnce(DataplaneDelta delta) {
    var ran = new ConcurrentLinkedQueue<Dataplane>();
    families.work(
        dataplane -> {
          dataplane.absorb(delta);
          if (dataplane.serve()) {
            ran.add(dataplane);
          }
        });
    followUp(ran);
  }

  /** As it counts for changes that are in the kernel now. */
  Apply end() {
    Served first = served();
    return new Apply(began, first.at(), status.now(), first.kernelNanos());
  }

  /** Now, unless one was served before. */
  private Served served() {
    Served first = served;
    if (first == null) {
      first = new Served(status.now(), status.kernelTime().nanos() - kernelBefore);
      served = first;
    }
    return first;
  }

  private void followUp(Collection<Dataplane> ran) {
    served();
    ran.forEach(Dataplane::followUp);
    if (!ran.isEmpty()) {
      status.applied(began, ran.stream().anyMatch(Dataplane::hasFailed));
    }
  }
}
