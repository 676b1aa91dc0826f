package felix.bench;

import felix.calc.GraphSettings;
import felix.calc.ring.CalcGraphRing;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.ResourceUpdate;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the datastore's thread to that of the calculation graph: so many changes of local endpoints
 * are handed over, one event each, until the last of them has come out of the graph. With one it is
 * the latency of a hand-over, with many the throughput.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CalcGraphRingBenchmark {
  private static final String HOST = "host-0";

  @Param({"1", "1000"})
  public int events;

  private final Seen seen = new Seen();
  private final CalcGraphRing ring =
      new CalcGraphRing(GraphSettings.defaults(HOST), seen, seen::fault);
  private long revision = 1;

  @Setup
  public void setUp() {
    ring.start();
    ring.snapshot(revision, List.of(endpoint(0)));
    seen.await(revision);
  }

  @TearDown
  public void tearDown() {
    ring.close();
  }

  @Benchmark
  public long handOver() {
    for (int i = 0; i < events; i++) {
      revision++;
      ring.updates(revision, List.of(endpoint(revision)));
    }
    return seen.await(revision);
  }

  private static ResourceUpdate endpoint(long number) {
    var key = new WorkloadEndpointKey(HOST, "k8s", "default/pod-" + number % 100, "eth0");
    var endpoint =
        new WorkloadEndpoint(
            "cali" + number % 100,
            List.of(new Ip(IpVersion.V4, 0, 0x0a000000L + number % 100).toCidr()),
            new MacAddress(number),
            List.of(),
            List.of(),
            Labels.NONE,
            WorkloadExtras.NONE);
    return new ResourceUpdate(key, endpoint);
  }

  /** The end of the graph: up to which revision it spoke. */
  private static final class Seen implements DeltaSink {
    private volatile long revision;
    private volatile boolean faulty;

    @Override
    public boolean offer(DataplaneDelta delta) {
      revision = delta.revision();
      return true;
    }

    void fault(Throwable fault) {
      faulty = true;
    }

    /** Does not sleep, or it would measure how it is woken. */
    long await(long wanted) {
      while (revision < wanted) {
        if (faulty) {
          throw new IllegalStateException("the graph has a fault");
        }
        Thread.onSpinWait();
      }
      return revision;
    }
  }
}
