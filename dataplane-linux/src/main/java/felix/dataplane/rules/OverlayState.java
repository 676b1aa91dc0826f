package felix.dataplane.rules;

import felix.delta.Encapsulations;
import java.util.List;

/**
 * What of the network between the hosts is in the chains that every host has, for one family.
 *
 * @param encapsulations in use in the family
 * @param tunnels our devices that have an address; through others the host sends nothing itself
 * @param natOutgoing whether some pool wants its packets to the world to get the address of their
 *     host
 */
public record OverlayState(
    Encapsulations encapsulations, List<String> tunnels, boolean natOutgoing) {
  public static final OverlayState NONE = new OverlayState(Encapsulations.NONE, List.of(), false);

  public OverlayState {
    tunnels = List.copyOf(tunnels);
  }
}
