package felix.calc;

import felix.delta.ClusterRoute;
import felix.delta.Encapsulations;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.IpVersion;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The part of {@link NaiveGraph} that is about the network between hosts. */
final class NaiveNetwork {
  /** {@code printf '%s' far | sha1sum}, and so on, for all hosts there are in tests. */
  private static final Map<String, String> COMPUTED_MACS =
      Map.of(
          "here", "66:01:54:c0:da:be",
          "aside", "66:b7:7c:ad:14:67",
          "far", "66:70:b2:db:8a:e9",
          "there", "66:49:05:28:f3:6d");

  private final GraphSettings settings;
  private final Map<ResourceKey, Resource> resources;
  private final DataplaneState state;

  /** Who claims a destination: with an address of a workload, and with a block. */
  private final Map<Cidr, TreeSet<String>> byAddress = new HashMap<>();

  private final Map<Cidr, String> byBlock = new HashMap<>();

  NaiveNetwork(GraphSettings settings, Map<ResourceKey, Resource> resources, DataplaneState state) {
    this.settings = settings;
    this.resources = resources;
    this.state = state;
  }

  void compute() {
    addPools();
    state.encapsulations =
        new Encapsulations(
            inUse(settings.ipip(), Encapsulation.IPIP),
            inUse(settings.vxlan(), Encapsulation.VXLAN));
    resources.forEach(
        (key, resource) -> {
          if (resource instanceof Node node) {
            state.nodes.put(((NodeKey) key).name(), node);
          }
        });
    if (state.encapsulations.vxlan()) {
      addVteps();
    }
    addRoutes();
  }

  private void addPools() {
    var byName = new TreeMap<String, IpPool>();
    resources.forEach(
        (key, resource) -> {
          if (resource instanceof IpPool pool) {
            byName.put(((IpPoolKey) key).name(), pool);
          }
        });
    byName.values().forEach(pool -> state.pools.putIfAbsent(pool.cidr(), pool));
  }

  private boolean inUse(Optional<Boolean> configured, Encapsulation encapsulation) {
    boolean pooled = false;
    for (IpPool pool : state.pools.values()) {
      boolean v4 = !pool.cidr().toString().contains(":");
      pooled |= v4 && pool.encapsulation() == encapsulation;
    }
    return configured.isPresent() ? configured.get() : pooled;
  }

  private void addVteps() {
    List<String> hosts = new ArrayList<>(new TreeSet<>(state.nodes.keySet()));
    if (hosts.remove(settings.hostname())) {
      hosts.addFirst(settings.hostname());
    }
    var before = new ArrayList<Vtep>();
    for (String host : hosts) {
      Vtep vtep = vtep(host);
      if (vtep == null) {
        continue;
      }
      boolean taken = false;
      for (Vtep other : before) {
        taken |= other.mac().equals(vtep.mac());
        taken |= other.tunnelAddress().equals(vtep.tunnelAddress());
      }
      if (!taken) {
        state.vteps.put(host, vtep);
      }
      before.add(vtep);
    }
  }

  private @Nullable Vtep vtep(String host) {
    Node node = state.nodes.get(host);
    Ip address = reachable(host, IpVersion.V4);
    if (node == null || address == null || node.vxlanTunnelAddress() == null) {
      return null;
    }
    MacAddress mac = node.vxlanTunnelMac();
    if (mac == null) {
      mac = MacAddress.parse(COMPUTED_MACS.getOrDefault(host, ""));
    }
    return new Vtep(node.vxlanTunnelAddress(), mac, address);
  }

  /** The address of a host, unless another host than this has that of this. */
  private @Nullable Ip reachable(String host, IpVersion version) {
    HostAddress address = address(host, version);
    if (address == null) {
      return null;
    }
    HostAddress own = address(settings.hostname(), version);
    boolean ours = own != null && own.ip().equals(address.ip());
    return ours && !host.equals(settings.hostname()) ? null : address.ip();
  }

  private @Nullable HostAddress address(String host, IpVersion version) {
    Node node = state.nodes.get(host);
    return node == null ? null : version == IpVersion.V4 ? node.ipv4() : node.ipv6();
  }

  private void addRoutes() {
    resources.forEach(this::addClaims);
    var destinations = new TreeSet<Cidr>(byAddress.keySet());
    destinations.addAll(byBlock.keySet());
    for (Cidr destination : destinations) {
      IpPool pool = pool(destination);
      ClusterRoute route = pool == null ? null : route(destination, pool);
      if (route != null) {
        state.routes.put(destination, route);
      }
    }
  }

  private void addClaims(ResourceKey key, Resource resource) {
    boolean blocks = settings.routeSource() == GraphSettings.RouteSource.CALICO_IPAM;
    if (blocks && resource instanceof IpamBlock block) {
      if (block.host() != null) {
        byBlock.put(((IpamBlockKey) key).cidr(), block.host());
      }
      block.elsewhere().forEach((ip, host) -> addAddress(ip.toCidr(), host));
    }
    if (!blocks && resource instanceof WorkloadEndpoint endpoint) {
      endpoint
          .networks()
          .forEach(network -> addAddress(network, ((WorkloadEndpointKey) key).host()));
    }
  }

  private void addAddress(Cidr destination, String host) {
    byAddress.computeIfAbsent(destination, d -> new TreeSet<>()).add(host);
  }

  private @Nullable IpPool pool(Cidr destination) {
    IpPool best = null;
    for (IpPool pool : state.pools.values()) {
      if (pool.cidr().contains(destination)
          && (best == null || best.cidr().prefixLength() < pool.cidr().prefixLength())) {
        best = pool;
      }
    }
    return best;
  }

  private @Nullable ClusterRoute route(Cidr destination, IpPool pool) {
    var users = byAddress.getOrDefault(destination, new TreeSet<>());
    if (users.contains(settings.hostname())) {
      return null;
    }
    for (String host : users) {
      if (reachable(host, destination.version()) != null) {
        return remote(host, destination.version(), pool);
      }
    }
    String owner = byBlock.get(destination);
    if (owner == null) {
      return null;
    }
    return owner.equals(settings.hostname())
        ? new ClusterRoute.LocalBlock(pool.encapsulation())
        : remote(owner, destination.version(), pool);
  }

  private @Nullable ClusterRoute remote(String host, IpVersion version, IpPool pool) {
    Ip address = reachable(host, version);
    if (address == null) {
      return null;
    }
    boolean direct = pool.encapsulation() == Encapsulation.NONE;
    HostAddress own = address(settings.hostname(), version);
    if (pool.crossSubnet() && own != null) {
      direct |=
          new Cidr(address, own.prefixLength()).equals(new Cidr(own.ip(), own.prefixLength()));
    }
    return new ClusterRoute.Remote(host, address, pool.encapsulation(), direct);
  }
}
