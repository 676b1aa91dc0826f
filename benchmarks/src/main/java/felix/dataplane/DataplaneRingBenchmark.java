package felix.dataplane;

import com.lmax.disruptor.EventHandler;
import felix.calc.CalcGraph;
import felix.calc.GraphSettings;
import felix.calc.ResourceStore;
import felix.delta.DataplaneDelta;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the calculation graph's thread to the dataplane's: so many deltas are handed over until the
 * last one has arrived. With one it is the latency of a hand-over, with many the throughput.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DataplaneRingBenchmark {
  private static final int SLOTS = 1024;

  @Param({"1", "1000"})
  public int events;

  private final Arrivals arrivals = new Arrivals();
  private final DataplaneRing ring =
      new DataplaneRing(arrivals, () -> Long.MAX_VALUE, SLOTS, fault -> {});
  private final DataplaneDelta delta = delta();
  private long handedOver;

  @Setup
  public void setUp() {
    ring.start();
  }

  @TearDown
  public void tearDown() {
    ring.close();
  }

  @Benchmark
  public long handOver() {
    for (int i = 0; i < events; i++) {
      while (!ring.offer(delta)) {
        Thread.onSpinWait();
      }
    }
    handedOver += events;
    // Does not sleep, or it would measure how it is woken.
    while (arrivals.count < handedOver) {
      Thread.onSpinWait();
    }
    return arrivals.count;
  }

  private static DataplaneDelta delta() {
    var store = new ResourceStore();
    var graph = new CalcGraph(GraphSettings.defaults("host-0"), store);
    return graph.apply(store.replaceAll(1, List.of()));
  }

  private static final class Arrivals implements EventHandler<DataplaneEvent> {
    private volatile long count;

    @Override
    public void onEvent(DataplaneEvent event, long sequence, boolean endOfBatch) {
      event.clear();
      count = sequence + 1;
    }
  }
}
