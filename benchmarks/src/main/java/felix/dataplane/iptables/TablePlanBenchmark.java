package felix.dataplane.iptables;

import felix.bench.ActiveWorld;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.Table;
import felix.delta.Direction;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/** What is wanted of a table becomes the input of iptables-restore, without the kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TablePlanBenchmark {
  private static final int RULES_A_POLICY = 9;

  /** In chains of four or five. */
  @Param({"100", "1000", "10000"})
  public int rules;

  private final PolicyChains policyChains = new PolicyChains(RuleSettings.defaults(), IpVersion.V4);
  private List<Chain> chains = List.of();
  private List<Chain> variants = List.of();
  private TableState table = emptyTable();
  private String dump = "";
  private boolean changed;

  @Setup
  public void setUp() {
    chains = new ArrayList<>();
    for (int i = 0; i < rules / RULES_A_POLICY; i++) {
      for (Direction direction : Direction.values()) {
        chains.add(policyChains.policy(direction, ActiveWorld.key(i), ActiveWorld.policy(i)));
      }
    }
    Chain first = chains.getFirst();
    Chain shorter = new Chain(first.name(), first.rules().subList(1, first.rules().size()));
    variants = List.of(first, shorter);
    table = emptyTable();
    dump = dumpOf(want(table));
  }

  /** One chain of a table that is as wanted changes. */
  @Benchmark
  public String oneChain() {
    changed = !changed;
    Chain chain = variants.get(changed ? 1 : 0);
    table.desiredChains().set(chain.name(), chain);
    return written(table);
  }

  /** All chains are wanted of a table that has none, as on a fresh host. */
  @Benchmark
  public String wholeTable() {
    return want(emptyTable());
  }

  /** What iptables-save says of a table that is as wanted is read, and nothing is to be done. */
  @Benchmark
  public boolean readBack() {
    table.replaceActual(SaveParser.parse(Table.FILTER, dump));
    return table.plan().isEmpty();
  }

  private String want(TableState state) {
    chains.forEach(chain -> state.desiredChains().set(chain.name(), chain));
    return written(state);
  }

  private static String written(TableState state) {
    TablePlan plan = state.plan();
    String batch = RestoreBatch.of(Table.FILTER, IptablesBackend.LEGACY, plan);
    state.applied(plan);
    return batch;
  }

  /** What iptables-save would say once such a batch was written to an empty table. */
  private static String dumpOf(String batch) {
    var kernelChains =
        KernelChains.of(Table.FILTER).stream().map(chain -> ":" + chain + " ACCEPT [0:0]");
    var ours = batch.lines().filter(line -> line.startsWith(":") || line.startsWith("-A "));
    return Stream.of(Stream.of("*filter"), kernelChains, ours, Stream.of("COMMIT"))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static TableState emptyTable() {
    return new TableState(ChainInsertMode.INSERT, RuleText::render);
  }
}
