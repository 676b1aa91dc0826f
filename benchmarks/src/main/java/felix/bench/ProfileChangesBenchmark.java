package felix.bench;

import felix.delta.MemberChanges;
import felix.model.Labels;
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
 * The labels of one profile change, of as many as there are endpoints, one each; a hundred
 * selectors look at one of these labels, which stays as it is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ProfileChangesBenchmark {
  private static final int SELECTORS = 100;

  @Param({"100", "100000"})
  public int endpoints;

  private IndexedEndpoints index = new IndexedEndpoints();
  private String[] profiles = new String[0];
  private int next;

  @Setup
  public void setUp() {
    index = new IndexedEndpoints();
    profiles = new String[endpoints];
    for (int i = 0; i < endpoints; i++) {
      profiles[i] = "namespace-" + i;
      index.put(
          IndexedEndpoints.key(i), index.endpoint(i, Map.of("alpha", "beta", "ipset-1", "true")));
    }
    for (int i = 0; i < SELECTORS; i++) {
      index.add("ipset-" + i, Selector.parse("projectcalico.org/name == \"namespace-" + i + "\""));
    }
  }

  @Benchmark
  public MemberChanges change() {
    String name = profiles[next++ % profiles.length];
    Labels labels =
        Labels.of(
            Map.of(
                "projectcalico.org/name",
                name,
                "update-idx",
                "" + next,
                "something-shared",
                "foo"));
    return index.putProfile(name, labels);
  }
}
