package felix.count;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * How observed values spread: their number and sum since the start, and quantiles of the last ten
 * to twelve minutes. Any thread.
 *
 * <p>Values are counted in buckets, of which there are sixteen between any number and twice it, so
 * that a quantile is at most 3 % off. Time is cut into slices; the oldest is dropped as a whole.
 */
public final class Distribution {
  private static final long SLICE_NANOS = 120_000_000_000L;

  /** The one being filled and five full ones: ten minutes at least, as Felix's summaries. */
  private static final int SLICES = 6;

  private static final int SUB_BITS = 4;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  /** Larger values count as this one: nine hours if they are nanoseconds. */
  private static final long MAX_VALUE = (1L << 45) - 1;

  private static final int BUCKETS = bucket(MAX_VALUE) + 1;

  private final LongSupplier nanoTime;
  private final AtomicReferenceArray<Slice> slices = new AtomicReferenceArray<>(SLICES);
  private final Count count = new Count();
  private final Count sum = new Count();

  private record Slice(long number, AtomicIntegerArray counts) {}

  public Distribution() {
    this(System::nanoTime);
  }

  /** By a given clock. */
  public Distribution(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes a value into account; negative ones as zero. */
  public void observe(long value) {
    long usable = Math.clamp(value, 0, MAX_VALUE);
    AtomicIntegerArray counts = currentSlice().counts();
    int bucket = bucket(usable);
    counts.getAndIncrement(bucket);
    sum.add(usable);
    count.increment();
  }

  /** How many values there were since the start. */
  public long count() {
    return count.get();
  }

  /** Of all values since the start. */
  public long sum() {
    return sum.get();
  }

  /**
   * The values below which these parts of the recent values lie; NaN if there were none.
   *
   * @param quantiles from 0 to 1
   */
  public double[] quantiles(double... quantiles) {
    return quantiles(List.of(this), quantiles);
  }

  /** Likewise, of several as if they were one. */
  public static double[] quantiles(Collection<Distribution> parts, double... quantiles) {
    long[] recent = new long[BUCKETS];
    parts.forEach(part -> part.addRecent(recent));
    long total = Arrays.stream(recent).sum();
    return Arrays.stream(quantiles).map(q -> quantile(recent, total, q)).toArray();
  }

  private Slice currentSlice() {
    long number = Math.floorDiv(nanoTime.getAsLong(), SLICE_NANOS);
    int index = Math.floorMod(number, SLICES);
    Slice slice = slices.getAcquire(index);
    while (slice == null || slice.number() < number) {
      var next = new Slice(number, new AtomicIntegerArray(BUCKETS));
      slice = slices.compareAndSet(index, slice, next) ? next : slices.getAcquire(index);
    }
    return slice;
  }

  private void addRecent(long[] total) {
    long now = Math.floorDiv(nanoTime.getAsLong(), SLICE_NANOS);
    for (int i = 0; i < SLICES; i++) {
      Slice slice = slices.getAcquire(i);
      if (slice != null && now - slice.number() < SLICES) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
          total[bucket] += slice.counts().getAcquire(bucket);
        }
      }
    }
  }

  private static double quantile(long[] counts, long total, double quantile) {
    long rank = Math.max(1, (long) Math.ceil(quantile * total));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return middle(bucket);
      }
    }
    return Double.NaN;
  }

  /** Small values have a bucket each. */
  private static int bucket(long value) {
    if (value < SUB_BUCKETS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return (shift + 1) * SUB_BUCKETS + (int) (value >> shift) - SUB_BUCKETS;
  }

  private static double middle(int bucket) {
    if (bucket < SUB_BUCKETS) {
      return bucket;
    }
    int shift = bucket / SUB_BUCKETS - 1;
    long lowest = (long) (bucket % SUB_BUCKETS + SUB_BUCKETS) << shift;
    return lowest + ((1L << shift) - 1) / 2.0;
  }
}
