package felix.calc;

import felix.delta.Change;
import felix.delta.Changes;
import felix.delta.ClusterRoute;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpVersion;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way to the blocks and addresses of the pools, in both families.
 *
 * <p>Of several claims to a destination the first counts, in the order of {@link RouteClaim#order},
 * that this host can follow: one of its own, or one of a host whose address it knows. An address of
 * its own needs no route, as the one to the workload leads there. A host that says it has our
 * address is not followed, as in {@link VtepResolver}. Where there is no pool there is no route.
 */
final class RouteResolver {
  private final NodeKey own;
  private final GraphSettings.RouteSource source;
  private final Resources resources;
  private final RouteClaims claims;
  private final PoolIndex pools = new PoolIndex();
  private final Map<Cidr, ClusterRoute> resolved = new HashMap<>();

  RouteResolver(GraphSettings settings, Resources resources) {
    this.own = new NodeKey(settings.hostname());
    this.source = settings.routeSource();
    this.resources = resources;
    this.claims = new RouteClaims(new HostOrder(settings.hostname()));
  }

  Changes<Cidr, ClusterRoute> apply(
      Changes<Cidr, IpPool> changedPools,
      Changes<NodeKey, Node> nodes,
      Changes<IpamBlockKey, IpamBlock> blocks,
      Changes<WorkloadEndpointKey, WorkloadEndpoint> endpoints) {
    var dirty = new LinkedHashSet<Cidr>();
    takeClaims(blocks, endpoints, dirty);
    for (var change : changedPools) {
      pools.put(change.key(), change.after());
      claims.collectWithin(change.key(), dirty);
    }
    for (var change : nodes) {
      for (IpVersion version : IpVersion.values()) {
        takeNode(change, version, dirty);
      }
    }
    var changes = new Changes<Cidr, ClusterRoute>();
    dirty.forEach(destination -> resolve(destination, changes));
    return changes;
  }

  private void takeClaims(
      Changes<IpamBlockKey, IpamBlock> blocks,
      Changes<WorkloadEndpointKey, WorkloadEndpoint> endpoints,
      Set<Cidr> dirty) {
    switch (source) {
      case CALICO_IPAM -> {
        for (var block : blocks) {
          replaceClaims(
              RouteClaim.of(block.key(), block.before()),
              RouteClaim.of(block.key(), block.after()),
              dirty);
        }
      }
      case WORKLOAD_IPS -> {
        for (var endpoint : endpoints) {
          replaceClaims(
              RouteClaim.of(endpoint.key(), endpoint.before()),
              RouteClaim.of(endpoint.key(), endpoint.after()),
              dirty);
        }
      }
    }
  }

  /** What stays is counted twice meanwhile, so that its route is not looked at. */
  private void replaceClaims(List<RouteClaim> before, List<RouteClaim> after, Set<Cidr> dirty) {
    for (RouteClaim claim : after) {
      if (claims.add(claim)) {
        dirty.add(claim.destination());
      }
    }
    for (RouteClaim claim : before) {
      if (claims.remove(claim)) {
        dirty.add(claim.destination());
      }
    }
  }

  private void takeNode(Change<NodeKey, Node> change, IpVersion version, Set<Cidr> dirty) {
    HostAddress before = address(change.before(), version);
    HostAddress after = address(change.after(), version);
    if (change.key().equals(own)) {
      if (!Objects.equals(before, after)) {
        claims.collectWithin(everything(version), dirty);
      }
    } else if (!Objects.equals(ip(before), ip(after))) {
      for (RouteClaim claim : claims.of(change.key().name())) {
        if (claim.destination().version() == version) {
          dirty.add(claim.destination());
        }
      }
    }
  }

  private void resolve(Cidr destination, Changes<Cidr, ClusterRoute> changes) {
    IpPool pool = pools.of(destination);
    ClusterRoute after = pool == null ? null : route(destination, pool);
    ClusterRoute before =
        after == null ? resolved.remove(destination) : resolved.put(destination, after);
    changes.record(destination, before, after);
  }

  private @Nullable ClusterRoute route(Cidr destination, IpPool pool) {
    HostAddress ownAddress = address(resources.nodes().get(own), destination.version());
    for (RouteClaim claim : claims.to(destination)) {
      if (claim.host().equals(own.name())) {
        return switch (claim.kind()) {
          case ADDRESS -> null;
          case BLOCK -> new ClusterRoute.LocalBlock(pool.encapsulation());
        };
      }
      Node host = resources.nodes().get(new NodeKey(claim.host()));
      Ip address = ip(address(host, destination.version()));
      if (address != null && !address.equals(ip(ownAddress))) {
        boolean direct = isDirect(pool, address, ownAddress);
        return new ClusterRoute.Remote(claim.host(), address, pool.encapsulation(), direct);
      }
    }
    return null;
  }

  private static boolean isDirect(IpPool pool, Ip remote, @Nullable HostAddress own) {
    return pool.encapsulation() == Encapsulation.NONE
        || (pool.crossSubnet() && own != null && own.subnet().contains(remote));
  }

  private static Cidr everything(IpVersion version) {
    return new Cidr(new Ip(version, 0, 0), 0);
  }

  private static @Nullable HostAddress address(@Nullable Node node, IpVersion version) {
    return node == null ? null : node.address(version);
  }

  private static @Nullable Ip ip(@Nullable HostAddress address) {
    return address == null ? null : address.ip();
  }
}
