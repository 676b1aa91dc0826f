package felix.model;

import java.util.List;

/**
 * What the settings of the routing between hosts say that matters here.
 *
 * @param serviceNetworks addresses of services: of the cluster, external ones, and load balancers'
 */
public record BgpConfiguration(List<Cidr> serviceNetworks) implements Resource {
  public BgpConfiguration {
    serviceNetworks = List.copyOf(serviceNetworks);
  }
}
