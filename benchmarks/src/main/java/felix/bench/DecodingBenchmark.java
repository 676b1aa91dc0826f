package felix.bench;

import felix.bench.EtcdValues.Entry;
import felix.datastore.Decoded;
import felix.datastore.ResourceDecoder;
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

/** One value of etcd becomes a resource: what a watch event costs before the graph sees it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodingBenchmark {
  private static final int VALUES = 1_000;

  @Param({"WORKLOAD_ENDPOINT", "NETWORK_POLICY", "NETWORK_SET", "PROFILE"})
  public String kind = "";

  private final ResourceDecoder decoder = new ResourceDecoder();
  private List<Entry> entries = List.of();
  private int next;

  @Setup
  public void setUp() {
    entries = EtcdValues.valueOf(kind).first(VALUES);
  }

  @Benchmark
  public Decoded value() {
    next = (next + 1) % VALUES;
    Entry entry = entries.get(next);
    return decoder.decode(entry.key(), entry.value());
  }
}
