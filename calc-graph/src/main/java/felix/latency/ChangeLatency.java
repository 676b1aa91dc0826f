package felix.latency;

import static java.util.Objects.requireNonNull;

import felix.count.Histogram;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long changes took, by stage and kind: each change counts once in each stage. What was there
 * when the agent began does not count, nor what changes nothing on this host. Written by the
 * dataplane's thread, read by any.
 */
public final class ChangeLatency {
  /** In nanoseconds: 0.1 ms to 10 s. */
  private static final long[] BOUNDS = {
    100_000L,
    200_000L,
    500_000L,
    1_000_000L,
    2_000_000L,
    5_000_000L,
    10_000_000L,
    20_000_000L,
    50_000_000L,
    100_000_000L,
    200_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_000_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  private final Map<LatencyStage, Map<ChangeKind, Histogram>> histograms =
      new EnumMap<>(LatencyStage.class);

  /**
   * An apply that left nothing undone. Times are of {@link System#nanoTime}.
   *
   * @param served when the first IP family had all that a packet may wait for
   * @param kernelNanos the part of the time until then in which the kernel or its programs worked
   */
  public record Apply(long began, long served, long ended, long kernelNanos) {}

  public ChangeLatency() {
    for (LatencyStage stage : LatencyStage.values()) {
      var byKind = new EnumMap<ChangeKind, Histogram>(ChangeKind.class);
      for (ChangeKind kind : ChangeKind.values()) {
        byKind.put(kind, new Histogram(BOUNDS));
      }
      histograms.put(stage, byKind);
    }
  }

  /** In nanoseconds. */
  public Histogram of(LatencyStage stage, ChangeKind kind) {
    return requireNonNull(requireNonNull(histograms.get(stage)).get(kind));
  }

  /** All that is stamped so is in the kernel. */
  public void took(Stamps stamps, Apply apply) {
    for (Stamp stamp : stamps.all()) {
      for (ChangeKind kind : ChangeKind.values()) {
        if (stamp.count(kind) > 0) {
          took(stamp, kind, apply);
        }
      }
    }
  }

  private void took(Stamp stamp, ChangeKind kind, Apply apply) {
    int times = stamp.count(kind);
    long work = apply.served() - apply.began();
    long kernel = Math.min(apply.kernelNanos(), work);
    of(LatencyStage.DECODE, kind).observe(stamp.decoded() - stamp.received(), times);
    of(LatencyStage.GRAPH, kind).observe(stamp.calculated() - stamp.decoded(), times);
    of(LatencyStage.WAIT, kind).observe(apply.began() - stamp.calculated(), times);
    of(LatencyStage.PLAN, kind).observe(work - kernel, times);
    of(LatencyStage.KERNEL, kind).observe(kernel, times);
    of(LatencyStage.REST, kind).observe(apply.ended() - apply.served(), times);
    of(LatencyStage.TOTAL, kind).observe(apply.ended() - stamp.received(), times);
  }
}
