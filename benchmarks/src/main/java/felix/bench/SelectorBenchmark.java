package felix.bench;

import felix.model.Labels;
import felix.selector.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * One selector of many terms: reading it, and asking it about an endpoint that only the last term
 * refuses.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SelectorBenchmark {
  /** More than are remembered, so that each is read anew. */
  private static final int TEXTS = 100_000;

  @Param({"1", "10"})
  public int terms;

  private List<String> texts = List.of();
  private int next;
  private Selector selector = new Selector.All();
  private Labels labels = Labels.NONE;

  @Setup
  public void setUp() {
    texts = IntStream.range(0, TEXTS).mapToObj(this::text).toList();
    selector = Selector.parse(text(0));
    var map = new HashMap<String, String>();
    for (int i = 0; i < terms; i++) {
      map.put("label-" + i, i == terms - 1 ? "other" : "value-0");
    }
    labels = Labels.of(map);
  }

  private String text(int number) {
    return IntStream.range(0, terms)
        .mapToObj(i -> "label-" + i + " == 'value-" + number + "'")
        .collect(Collectors.joining(" && "));
  }

  @Benchmark
  public Selector parse() {
    next = (next + 1) % TEXTS;
    return Selector.parse(texts.get(next));
  }

  @Benchmark
  public boolean match() {
    return selector.matches(labels::get);
  }
}
