package felix.bench;

import felix.calc.GraphSettings;
import felix.calc.ring.CalcGraphRing;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From the datastore's thread to that of the calculation graph, and through the graph. */
public class CalcGraphRingBenchmark extends HandOver {
  private static final String HOST = "host-0";

  private final CalcGraphRing ring =
      new CalcGraphRing(GraphSettings.defaults(HOST), telling(arrivals), arrivals::fault);

  @Setup
  public void setUp() {
    ring.start();
    ring.snapshot(0, List.of(endpoint(0)));
  }

  @TearDown
  public void tearDown() {
    ring.close();
  }

  @Override
  protected void handOver(long number) {
    ring.updates(number, List.of(endpoint(number)));
  }

  private static DeltaSink telling(Arrivals arrivals) {
    return delta -> {
      arrivals.arrived(delta.revision());
      return true;
    };
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
}
