package felix.bench;

import felix.delta.MemberChanges;
import felix.selector.Selector;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * A selector arrives that matches a tenth of the endpoints. (With Felix's own, one selector in ten
 * matches all of them and the others none, which comes to the same.)
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SelectorArrivesBenchmark {
  private static final int MARKERS = 10;

  @Param({"100", "10000", "100000"})
  public int endpoints;

  private IndexedEndpoints index = new IndexedEndpoints();
  private final Selector[] selectors = new Selector[MARKERS];
  private int next;

  @Setup
  public void setUp() {
    index = new IndexedEndpoints();
    for (int i = 0; i < endpoints; i++) {
      index.put(
          IndexedEndpoints.key(i),
          index.endpoint(i, Map.of("alpha", "beta", "ipset-" + i % MARKERS, "true")));
    }
    for (int i = 0; i < MARKERS; i++) {
      selectors[i] = Selector.parse("alpha == \"beta\" && has(ipset-" + i + ")");
    }
  }

  @Benchmark
  public MemberChanges arrive() {
    return index.add("new", selectors[next++ % MARKERS]);
  }

  @TearDown(Level.Invocation)
  public void leave() {
    index.remove("new");
  }
}
