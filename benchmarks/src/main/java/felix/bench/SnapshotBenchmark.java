package felix.bench;

import felix.calc.CalcGraph;
import felix.calc.GraphSettings;
import felix.calc.ResourceStore;
import felix.delta.DataplaneDelta;
import felix.model.ResourceUpdate;
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
import org.openjdk.jmh.annotations.Warmup;

/** Start of day: from a whole cluster to all that the dataplane must hold. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class SnapshotBenchmark {
  @Param({"1000", "10000"})
  public int endpoints;

  private List<ResourceUpdate> snapshot = List.of();

  @Setup
  public void setUp() {
    snapshot = NetworkSetsWorld.of(endpoints);
  }

  @Benchmark
  public DataplaneDelta networkSets() {
    var store = new ResourceStore();
    var graph = new CalcGraph(GraphSettings.defaults(NetworkSetsWorld.HOST), store);
    return graph.apply(store.replaceAll(1, snapshot));
  }
}
