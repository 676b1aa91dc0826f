package felix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload's interface: where it is plugged in, its addresses, and what policy may know about it.
 *
 * @param interfaceName on the host
 * @param networks its addresses in both families, at least one
 * @param profiles in order: for a label that several give, the first one counts
 * @param labels its own, without those of the profiles
 */
public record WorkloadEndpoint(
    String interfaceName,
    List<Cidr> networks,
    @Nullable MacAddress mac,
    List<String> profiles,
    List<EndpointPort> ports,
    Labels labels,
    WorkloadExtras extras)
    implements Endpoint {
  public WorkloadEndpoint {
    networks = List.copyOf(networks);
    profiles = List.copyOf(profiles);
    ports = List.copyOf(ports);
  }
}
