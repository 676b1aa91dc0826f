package felix.dataplane;

import com.lmax.disruptor.EventHandler;
import felix.bench.HandOver;
import felix.calc.CalcGraph;
import felix.calc.GraphSettings;
import felix.calc.ResourceStore;
import felix.delta.DataplaneDelta;
import java.util.List;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From the calculation graph's thread to the dataplane's. */
public class DataplaneRingBenchmark extends HandOver {
  private static final int SLOTS = 1024;

  private final DataplaneRing ring =
      new DataplaneRing(telling(arrivals), () -> Long.MAX_VALUE, SLOTS, arrivals::fault);
  private final DataplaneDelta delta = delta();

  @Setup
  public void setUp() {
    ring.start();
  }

  @TearDown
  public void tearDown() {
    ring.close();
  }

  @Override
  protected void handOver(long number) {
    while (!ring.offer(delta)) {
      Thread.onSpinWait();
    }
  }

  private static EventHandler<DataplaneEvent> telling(Arrivals arrivals) {
    return (event, sequence, endOfBatch) -> {
      event.clear();
      arrivals.arrived(sequence + 1);
    };
  }

  private static DataplaneDelta delta() {
    var store = new ResourceStore();
    var graph = new CalcGraph(GraphSettings.defaults("host-0"), store);
    return graph.apply(store.replaceAll(1, List.of()));
  }
}
