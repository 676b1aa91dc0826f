package felix.dataplane.rules;

import felix.delta.Encapsulations;
import felix.model.Cidr;
import java.util.List;

/**
 * What of the network between the hosts, and of services, is in the chains that every host has, for
 * one family.
 *
 * @param encapsulations in use in the family
 * @param tunnels our devices that have an address; through others the host sends nothing itself
 * @param natOutgoing whether some pool wants its packets to the world to get the address of their
 *     host
 * @param serviceNetworks addresses of services, of the family, sorted
 */
public record OverlayState(
    Encapsulations encapsulations,
    List<String> tunnels,
    boolean natOutgoing,
    List<Cidr> serviceNetworks) {
  public static final OverlayState NONE = new OverlayState(Encapsulations.NONE, List.of(), false);

  public OverlayState {
    tunnels = List.copyOf(tunnels);
    serviceNetworks = List.copyOf(serviceNetworks);
  }

  /** Of a cluster whose services are unknown. */
  public OverlayState(Encapsulations encapsulations, List<String> tunnels, boolean natOutgoing) {
    this(encapsulations, tunnels, natOutgoing, List.of());
  }
}
