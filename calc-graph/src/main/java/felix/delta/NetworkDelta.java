package felix.delta;

import felix.model.Cidr;
import felix.model.IpPool;
import felix.model.Node;
import java.util.List;

/**
 * What changed in the network between the hosts.
 *
 * @param encapsulations the state now, not a change
 * @param pools by their network: of several with the same one the one that counts
 * @param nodes all hosts by name, this one too
 * @param vteps by host, this one's too; only where VXLAN is in use
 * @param routes by destination; of both families
 * @param serviceNetworks addresses of services, sorted; the state now, not a change
 */
public record NetworkDelta(
    Encapsulations encapsulations,
    Changes<Cidr, IpPool> pools,
    Changes<String, Node> nodes,
    Changes<String, Vtep> vteps,
    Changes<Cidr, ClusterRoute> routes,
    List<Cidr> serviceNetworks) {

  /** No change. */
  public static NetworkDelta none(Encapsulations encapsulations) {
    return new NetworkDelta(
        encapsulations,
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        List.of());
  }

  /** Whether no part of it that is a change holds one. */
  boolean isEmpty() {
    return pools.isEmpty() && nodes.isEmpty() && vteps.isEmpty() && routes.isEmpty();
  }

  /** As {@link DataplaneDelta#mergeLater}. */
  NetworkDelta mergeLater(NetworkDelta later) {
    pools.mergeLater(later.pools);
    nodes.mergeLater(later.nodes);
    vteps.mergeLater(later.vteps);
    routes.mergeLater(later.routes);
    return new NetworkDelta(
        later.encapsulations, pools, nodes, vteps, routes, later.serviceNetworks);
  }
}
