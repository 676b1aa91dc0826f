package felix.model;

import java.util.List;

/** What policy can be for: something with addresses, named ports and labels, on one host. */
public sealed interface Endpoint extends Labelled, Resource permits WorkloadEndpoint, HostEndpoint {
  /** Its addresses in both families, as far as they are known to the datastore. */
  List<Cidr> networks();

  List<EndpointPort> ports();
}
