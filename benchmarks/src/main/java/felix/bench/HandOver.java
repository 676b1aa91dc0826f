package felix.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From one thread to the next by a ring: so many things are handed over until the last of them has
 * come out at the other end. With one it is the latency of a hand-over, with many the throughput.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class HandOver {
  @Param({"1", "1000"})
  public int events;

  protected final Arrivals arrivals = new Arrivals();
  private long handedOver;

  @Benchmark
  public long handOver() {
    for (int i = 0; i < events; i++) {
      handOver(++handedOver);
    }
    return arrivals.await(handedOver);
  }

  /** Hands over the next one; they are numbered from 1 on. */
  protected abstract void handOver(long number);

  /** What has come out at the other end. */
  public static final class Arrivals {
    private volatile long last;
    private volatile @Nullable Throwable fault;

    /** All up to this one. On the ring's thread. */
    public void arrived(long number) {
      last = number;
    }

    public void fault(Throwable cause) {
      fault = cause;
    }

    /** Does not sleep, or it would measure how it is woken. */
    private long await(long wanted) {
      while (last < wanted) {
        if (fault != null) {
          throw new IllegalStateException("the other end has a fault", fault);
        }
        Thread.onSpinWait();
      }
      return last;
    }
  }
}
