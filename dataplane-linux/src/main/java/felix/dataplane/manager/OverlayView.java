package felix.dataplane.manager;

import felix.dataplane.link.LinkDriver;
import felix.dataplane.rules.OverlayState;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.model.Cidr;
import felix.model.IpVersion;
import felix.model.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one family's rules need to know of the network between the hosts, from delta to delta. */
public final class OverlayView {
  private final IpVersion version;
  private final String hostname;
  private final Set<Cidr> natOutgoing = new HashSet<>();
  private Encapsulations inUse = Encapsulations.NONE;
  private List<Cidr> serviceNetworks = List.of();
  private @Nullable Node ownNode;

  /** Knows nothing yet. */
  public OverlayView(IpVersion version, String hostname) {
    this.version = version;
    this.hostname = hostname;
  }

  /** Which of the encapsulations in use are so in a family: IPv6 is not wrapped. */
  static Encapsulations ofFamily(IpVersion version, Encapsulations inUse) {
    return switch (version) {
      case V4 -> inUse;
      case V6 -> Encapsulations.NONE;
    };
  }

  void absorb(DataplaneDelta delta) {
    inUse = ofFamily(version, delta.network().encapsulations());
    serviceNetworks =
        delta.network().serviceNetworks().stream().filter(n -> n.version() == version).toList();
    var node = delta.network().nodes().get(hostname);
    if (node != null) {
      ownNode = node.after();
    }
    for (var change : delta.network().pools()) {
      if (change.after() != null && change.after().natOutgoing()) {
        natOutgoing.add(change.key());
      } else {
        natOutgoing.remove(change.key());
      }
    }
  }

  OverlayState state() {
    boolean ofFamily = natOutgoing.stream().anyMatch(pool -> pool.version() == version);
    return new OverlayState(inUse, tunnels(), ofFamily, serviceNetworks);
  }

  private List<String> tunnels() {
    var tunnels = new ArrayList<String>();
    if (ownNode != null && inUse.ipip() && ownNode.ipipTunnelAddress() != null) {
      tunnels.add(LinkDriver.IPIP);
    }
    if (ownNode != null && inUse.vxlan() && ownNode.vxlanTunnelAddress() != null) {
      tunnels.add(LinkDriver.VXLAN);
    }
    return tunnels;
  }
}
