package felix.bench;

import felix.delta.DataplaneDelta;
import felix.model.Labels;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.Rules;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
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
 * One thing changes, and back, in the cluster of {@link Work#TAG_POLICIES}: it should cost what it
 * changes, and not what there is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class OneChangeBenchmark {
  /** No other resource of the cluster has such a number. */
  private static final int NEW = 1_000_000;

  /** What the cluster's sizes are divided by. */
  @Param("1")
  public int part;

  private final World world = new World();
  private Graph graph = new Graph();
  private int next;

  @Setup
  public void setUp() {
    graph = new Graph();
    graph.replaceAll(Work.TAG_POLICIES.updates(part));
  }

  /** One of the rules of an active policy names another set. */
  @Benchmark
  public DataplaneDelta rulesOfPolicy() {
    var key = new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "tag-policy-0");
    Rules rules = Work.rules(next++ & 1);
    return graph.put(key, World.policy("has(" + TaggedEndpoints.marker(0) + ")", rules));
  }

  /** A policy comes, and goes, that applies to a thirtieth of the local endpoints. */
  @Benchmark
  public DataplaneDelta onePolicyMore() {
    var key = new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "another");
    String selector = "has(" + TaggedEndpoints.marker(0) + ")";
    return graph.put(key, (next++ & 1) == 0 ? World.policy(selector, Work.rules(0)) : null);
  }

  /** A remote endpoint goes from one set to another. */
  @Benchmark
  public DataplaneDelta labelsOfRemoteEndpoint() {
    Labels labels = world.labels(TaggedEndpoints.labels(next++ & 1));
    return graph.put(key(World.REMOTE_HOST), endpoint(labels));
  }

  /** A local endpoint comes and goes. */
  @Benchmark
  public DataplaneDelta oneLocalEndpointMore() {
    Labels labels = world.labels(TaggedEndpoints.labels(0));
    return graph.put(key(World.LOCAL_HOST), (next++ & 1) == 0 ? endpoint(labels) : null);
  }

  private static WorkloadEndpointKey key(String host) {
    return new WorkloadEndpointKey(host, "k8s", "namespace-0/new", "eth0");
  }

  private WorkloadEndpoint endpoint(Labels labels) {
    return world.endpoint(NEW, TaggedEndpoints.profile(0), labels);
  }
}
