package felix.calc;

import felix.model.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** All claims, to be asked for those of a destination, within a network, and of a host. */
final class RouteClaims {
  private final HostOrder hosts;

  /**
   * With how many blocks or endpoints say so. In this order, what lies in a network stands
   * together, right behind the network itself.
   */
  private final NavigableMap<RouteClaim, Integer> sources;

  private final Map<String, Set<RouteClaim>> byHost = new HashMap<>();

  RouteClaims(HostOrder hosts) {
    this.hosts = hosts;
    this.sources = new TreeMap<>(RouteClaim.order(hosts));
  }

  /** Another block or endpoint makes this claim. Returns whether it is the first. */
  boolean add(RouteClaim claim) {
    boolean first = sources.merge(claim, 1, Integer::sum) == 1;
    if (first) {
      byHost.computeIfAbsent(claim.host(), host -> new HashSet<>()).add(claim);
    }
    return first;
  }

  /** One that made this claim makes it no more. Returns whether it was the last. */
  boolean remove(RouteClaim claim) {
    Integer left = sources.computeIfPresent(claim, (c, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      byHost.computeIfPresent(
          claim.host(),
          (host, claims) -> {
            claims.remove(claim);
            return claims.isEmpty() ? null : claims;
          });
    }
    return left == null;
  }

  /** Those to one destination, the one that counts first. */
  List<RouteClaim> to(Cidr destination) {
    var claims = new ArrayList<RouteClaim>(1);
    for (RouteClaim claim : from(destination)) {
      if (!claim.destination().equals(destination)) {
        break;
      }
      claims.add(claim);
    }
    return claims;
  }

  /** Adds the destinations that lie within a network. */
  void collectWithin(Cidr network, Set<Cidr> to) {
    for (RouteClaim claim : from(network)) {
      if (!network.contains(claim.destination())) {
        break;
      }
      to.add(claim.destination());
    }
  }

  Set<RouteClaim> of(String host) {
    return byHost.getOrDefault(host, Set.of());
  }

  private Set<RouteClaim> from(Cidr destination) {
    return sources.tailMap(RouteClaim.first(destination, hosts)).keySet();
  }
}
