package felix.count;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many observed values lay below fixed bounds, since the start, and their sum. Other than of a
 * {@link Distribution} the numbers of several agents can be added up, and looked at over any time.
 * One thread writes, any may read.
 */
public final class Histogram {
  private final long[] bounds;

  /** One bucket for each bound, the last for all that is larger; each value is in one of them. */
  private final AtomicLongArray buckets;

  private final Count sum = new Count();

  /**
   * An empty histogram.
   *
   * @param bounds the largest value of each bucket, ascending
   */
  public Histogram(long... bounds) {
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException("bounds do not ascend: " + Arrays.toString(bounds));
      }
    }
    this.bounds = bounds.clone();
    this.buckets = new AtomicLongArray(bounds.length + 1);
  }

  /** Takes a value into account so many times; negative ones as zero. */
  public void observe(long value, long times) {
    long usable = Math.max(0, value);
    int found = Arrays.binarySearch(bounds, usable);
    int bucket = found >= 0 ? found : -found - 1;
    sum.add(usable * times);
    buckets.setRelease(bucket, buckets.getPlain(bucket) + times);
  }

  public int size() {
    return bounds.length;
  }

  /** The largest value of a bucket. */
  public long bound(int bucket) {
    return bounds[bucket];
  }

  /**
   * How many values there were, and how many of them were not larger than each bound: the number of
   * all comes last, and is never less than one before it, whatever is written meanwhile.
   */
  public long[] cumulative() {
    long[] counts = new long[bounds.length + 1];
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += buckets.getAcquire(i);
      counts[i] = below;
    }
    return counts;
  }

  public long sum() {
    return sum.get();
  }
}
