package felix.bench;

import felix.dataplane.rules.Chain;
import felix.dataplane.rules.EndpointChains;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.WorkloadDecision;
import felix.delta.ActivePolicy;
import felix.delta.ActiveWorkload;
import felix.delta.Direction;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** What a delta says becomes chains, and chains become text with hashes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RenderingBenchmark {
  @Param({"10", "500", "1000"})
  public int objects;

  private final PolicyChains policyChains = new PolicyChains(RuleSettings.defaults(), IpVersion.V4);
  private final EndpointChains endpointChains = new EndpointChains(RuleSettings.defaults());
  private List<PolicyKey> keys = List.of();
  private List<ActivePolicy> policies = List.of();
  private List<ActiveWorkload> workloads = List.of();

  @Setup
  public void setUp() {
    keys = IntStream.range(0, objects).mapToObj(ActiveWorld::key).toList();
    policies = IntStream.range(0, objects).mapToObj(ActiveWorld::policy).toList();
    workloads = IntStream.range(0, objects).mapToObj(ActiveWorld::workload).toList();
  }

  /** The two chains of each policy. */
  @Benchmark
  public void policies(Blackhole hole) {
    for (int i = 0; i < objects; i++) {
      for (Direction direction : Direction.values()) {
        Chain chain = policyChains.policy(direction, keys.get(i), policies.get(i));
        hole.consume(RuleText.render(chain));
      }
    }
  }

  /** The two chains of each endpoint, none of which shares its policies with another. */
  @Benchmark
  public void endpoints(Blackhole hole) {
    for (ActiveWorkload workload : workloads) {
      for (Direction direction : Direction.values()) {
        var decision = WorkloadDecision.of(workload, direction);
        Chain chain = endpointChains.alone(workload.interfaceName(), decision);
        hole.consume(RuleText.render(chain));
      }
    }
  }
}
