package felix.bench;

import felix.delta.MemberChanges;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.selector.Selector;
import java.util.Map;
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
 * An endpoint arrives that one of many selectors matches, and another one leaves, so that there are
 * always as many. (Felix's own benchmark only lets them arrive.)
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EndpointArrivesBenchmark {
  private static final int PRESENT = 1_000;
  private static final int DIFFERENT = 1 << 14;

  @Param({"10", "100", "1000", "10000"})
  public int selectors;

  private final WorkloadEndpointKey[] keys = new WorkloadEndpointKey[DIFFERENT];
  private final WorkloadEndpoint[] endpoints = new WorkloadEndpoint[DIFFERENT];
  private IndexedEndpoints index = new IndexedEndpoints();
  private int next;

  @Setup
  public void setUp() {
    index = new IndexedEndpoints();
    for (int i = 0; i < selectors; i++) {
      index.add("ipset-" + i, Selector.parse("alpha == \"beta\" && has(ipset-" + i + ")"));
    }
    for (int i = 0; i < DIFFERENT; i++) {
      keys[i] = IndexedEndpoints.key(i);
      endpoints[i] = index.endpoint(i, Map.of("alpha", "beta", "ipset-1", "true"));
    }
    for (next = 0; next < PRESENT; next++) {
      index.put(keys[next], endpoints[next]);
    }
  }

  @Benchmark
  public MemberChanges arriveAndLeave() {
    int arriving = next++ % DIFFERENT;
    index.remove(keys[(arriving + DIFFERENT - PRESENT) % DIFFERENT]);
    return index.put(keys[arriving], endpoints[arriving]);
  }
}
