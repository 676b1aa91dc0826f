package felix.dataplane.manager;

import felix.dataplane.link.LinkWish;
import felix.dataplane.link.Tunnel;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.neigh.ForwardingKey;
import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.route.Route;
import felix.dataplane.route.Route.RouteId;
import felix.delta.ClusterRoute;
import felix.delta.ClusterRoute.LocalBlock;
import felix.delta.ClusterRoute.Remote;
import felix.delta.Encapsulations;
import felix.delta.NetworkDelta;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a host should wish for, said of the whole state at once. VXLAN's MTU is automatic. */
final class NaiveOverlay {
  static final String THIS_HOST = "n0";

  final Map<String, Node> nodes = new TreeMap<>();
  final Map<String, Vtep> vteps = new TreeMap<>();
  final Map<Cidr, ClusterRoute> routes = new HashMap<>();
  final Map<String, InterfaceChange> interfaces = new TreeMap<>();
  Encapsulations encapsulations = Encapsulations.NONE;

  void apply(NetworkDelta delta) {
    delta.nodes().applyTo(nodes);
    delta.vteps().applyTo(vteps);
    delta.routes().applyTo(routes);
    encapsulations = delta.encapsulations();
  }

  void apply(InterfaceChange change) {
    if (change.present()) {
      interfaces.put(change.name(), change);
    } else {
      interfaces.remove(change.name());
    }
  }

  private @Nullable Ip address(IpVersion version) {
    Node node = nodes.get(THIS_HOST);
    var address = node == null ? null : node.address(version);
    return address == null ? null : address.ip();
  }

  @Nullable String parent(IpVersion version) {
    Ip address = address(version);
    return interfaces.values().stream()
        .filter(one -> address != null && one.addresses().contains(address))
        .map(InterfaceChange::name)
        .findFirst()
        .orElse(null);
  }

  private int hostMtu() {
    return interfaces.values().stream()
        .filter(one -> one.name().startsWith("eth") && one.up())
        .mapToInt(InterfaceChange::mtuBytes)
        .min()
        .orElse(1460);
  }

  Map<String, LinkWish> links() {
    var links = new HashMap<String, LinkWish>();
    Node node = nodes.get(THIS_HOST);
    Vtep own = vteps.get(THIS_HOST);
    String parent = parent(IpVersion.V4);
    if (encapsulations.ipip()) {
      links.put(
          "tunl0",
          node == null
              ? new LinkWish.Kept()
              : new LinkWish.Wanted(new Tunnel.IpIp(), 1440, null, node.ipipTunnelAddress()));
    }
    if (encapsulations.vxlan()) {
      links.put(
          "vxlan.calico",
          own == null || parent == null || !own.hostAddress().equals(address(IpVersion.V4))
              ? new LinkWish.Kept()
              : new LinkWish.Wanted(
                  new Tunnel.Vxlan(4096, 4789, own.hostAddress(), parent, true),
                  hostMtu() - 50,
                  own.mac(),
                  own.tunnelAddress()));
    }
    return links;
  }

  Map<NeighbourKey, MacAddress> neighbours() {
    var neighbours = new HashMap<NeighbourKey, MacAddress>();
    vteps.forEach(
        (host, vtep) -> {
          if (!host.equals(THIS_HOST)) {
            neighbours.putIfAbsent(
                new NeighbourKey("vxlan.calico", vtep.tunnelAddress()), vtep.mac());
          }
        });
    return neighbours;
  }

  Map<ForwardingKey, Ip> forwarding() {
    var forwarding = new HashMap<ForwardingKey, Ip>();
    vteps.forEach(
        (host, vtep) -> {
          if (!host.equals(THIS_HOST)) {
            forwarding.putIfAbsent(
                new ForwardingKey("vxlan.calico", vtep.mac()), vtep.hostAddress());
          }
        });
    return forwarding;
  }

  Map<RouteId, Route> remote(IpVersion version, Set<Encapsulation> ours) {
    var wanted = new HashMap<RouteId, Route>();
    routes.forEach(
        (destination, route) -> {
          if (destination.version() == version
              && route instanceof Remote remote
              && isOn(remote.encapsulation(), ours)) {
            Route one = route(destination, remote);
            if (one != null) {
              wanted.put(one.id(), one);
            }
          }
        });
    return wanted;
  }

  Map<RouteId, Route> blackholes(IpVersion version, Set<Encapsulation> ours) {
    var wanted = new HashMap<RouteId, Route>();
    routes.forEach(
        (destination, route) -> {
          if (destination.version() == version
              && route instanceof LocalBlock block
              && isOn(block.encapsulation(), ours)
              && destination.prefixLength() < version.bits()) {
            wanted.put(new RouteId(destination, ""), Route.blackhole(destination));
          }
        });
    return wanted;
  }

  private @Nullable Route route(Cidr destination, Remote remote) {
    String parent = parent(destination.version());
    if (remote.direct() || remote.encapsulation() == Encapsulation.NONE) {
      return parent == null ? null : Route.via(remote.hostAddress(), parent, destination);
    }
    if (remote.encapsulation() == Encapsulation.IPIP) {
      return Route.via(remote.hostAddress(), "tunl0", destination);
    }
    Vtep vtep = vteps.get(remote.host());
    return vtep == null ? null : Route.via(vtep.tunnelAddress(), "vxlan.calico", destination);
  }

  private boolean isOn(Encapsulation encapsulation, Set<Encapsulation> ours) {
    return ours.contains(encapsulation)
        && (encapsulation != Encapsulation.IPIP || encapsulations.ipip())
        && (encapsulation != Encapsulation.VXLAN || encapsulations.vxlan());
  }
}
