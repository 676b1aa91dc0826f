package felix.bench;

import felix.bench.EtcdValues.Entry;
import felix.datastore.Decoded;
import felix.datastore.ResourceDecoder;
import java.util.ArrayList;
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

/**
 * All workload endpoints of a cluster become resources, which are all kept: the decoding of a start
 * or a new listing. On one thread; without warm-up it is what a new process does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class SnapshotDecodingBenchmark {
  @Param({"1000", "50000", "250000"})
  public int endpoints;

  private final ResourceDecoder decoder = new ResourceDecoder();
  private List<Entry> entries = List.of();

  @Setup
  public void setUp() {
    entries = EtcdValues.WORKLOAD_ENDPOINT.first(endpoints);
  }

  @Benchmark
  public List<Decoded> endpoints() {
    var all = new ArrayList<Decoded>(endpoints);
    for (Entry entry : entries) {
      all.add(decoder.decode(entry.key(), entry.value()));
    }
    return all;
  }
}
