package felix.bench;

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
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class SnapshotBenchmark {
  @Param public Work work = Work.NETWORK_SETS;

  /** What the cluster's sizes are divided by. */
  @Param("1")
  public int part;

  private List<ResourceUpdate> snapshot = List.of();

  @Setup
  public void setUp() {
    snapshot = work.updates(part);
  }

  @Benchmark
  public DataplaneDelta snapshot() {
    return new Graph().replaceAll(snapshot);
  }
}
