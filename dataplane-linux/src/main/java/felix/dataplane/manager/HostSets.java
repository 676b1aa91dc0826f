package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.dataplane.rules.FixedIpSets;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the sets of hosts that may send us wrapped packets, each while its encapsulation is in use in
 * the family. Hosts may share an address for a while, or with what is configured.
 */
public final class HostSets implements Manager {
  private final IpVersion version;
  private final String hostname;
  private final boolean hostsAreExcepted;
  private final CountedSet hosts;
  private final CountedSet vteps;

  /**
   * Desires nothing yet.
   *
   * @param externalNodes networks of either family that may send such packets as well
   * @param hostsAreExcepted whether outgoing NAT goes by the addresses of hosts, too
   */
  public HostSets(
      IpVersion version,
      String hostname,
      List<Cidr> externalNodes,
      boolean hostsAreExcepted,
      DesiredIpSets sets) {
    this.version = version;
    this.hostname = hostname;
    this.hostsAreExcepted = hostsAreExcepted;
    this.hosts = new CountedSet(FixedIpSets.ALL_HOSTS, sets);
    this.vteps = new CountedSet(FixedIpSets.ALL_VTEPS, sets);
    for (var network : externalNodes) {
      if (network.version() == version) {
        hosts.add(network);
        vteps.add(network);
      }
    }
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    absorbNodes(delta);
    absorbVteps(delta);
    Encapsulations inUse = OverlayView.ofFamily(version, delta.network().encapsulations());
    hosts.want(inUse.ipip() || hostsAreExcepted);
    vteps.want(inUse.vxlan());
  }

  private void absorbNodes(DataplaneDelta delta) {
    for (var change : delta.network().nodes()) {
      HostAddress before = address(change.before());
      if (before != null) {
        hosts.remove(before.ip().toCidr());
      }
    }
    for (var change : delta.network().nodes()) {
      HostAddress after = address(change.after());
      if (after != null) {
        hosts.add(after.ip().toCidr());
      }
    }
  }

  /** All but our own: we send ourselves nothing. */
  private void absorbVteps(DataplaneDelta delta) {
    for (var change : delta.network().vteps()) {
      Ip before = otherEnd(change.key(), change.before());
      if (before != null) {
        vteps.remove(before.toCidr());
      }
    }
    for (var change : delta.network().vteps()) {
      Ip after = otherEnd(change.key(), change.after());
      if (after != null) {
        vteps.add(after.toCidr());
      }
    }
  }

  private @Nullable Ip otherEnd(String host, @Nullable Vtep vtep) {
    return vtep == null || host.equals(hostname) || vtep.hostAddress().version() != version
        ? null
        : vtep.hostAddress();
  }

  private @Nullable HostAddress address(@Nullable Node node) {
    return node == null ? null : node.address(version);
  }
}
