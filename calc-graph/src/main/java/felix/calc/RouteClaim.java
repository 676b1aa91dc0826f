package felix.calc;

import felix.model.Cidr;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reason to believe that a destination is on a host. */
record RouteClaim(Cidr destination, Kind kind, String host) {
  /** What the host has; the stronger reason first. */
  enum Kind {
    /** An address that a workload of the host uses. */
    ADDRESS,
    /** A block to give addresses from. */
    BLOCK
  }

  /**
   * By destination; for one destination the claim that counts comes first: an address before a
   * block, since that of a block of one may be used elsewhere; then as the hosts go.
   */
  static Comparator<RouteClaim> order(HostOrder hosts) {
    return Comparator.comparing(RouteClaim::destination)
        .thenComparing(RouteClaim::kind)
        .thenComparing(RouteClaim::host, hosts);
  }

  /** Before which none to this destination can stand. */
  static RouteClaim first(Cidr destination, HostOrder hosts) {
    return address(destination, hosts.own());
  }

  /** What a block says; one that is not there says nothing. */
  static List<RouteClaim> of(IpamBlockKey key, @Nullable IpamBlock block) {
    if (block == null) {
      return List.of();
    }
    var claims = new ArrayList<RouteClaim>();
    if (block.host() != null) {
      claims.add(new RouteClaim(key.cidr(), Kind.BLOCK, block.host()));
    }
    block.elsewhere().forEach((ip, host) -> claims.add(address(ip.toCidr(), host)));
    return claims;
  }

  /** Likewise an endpoint. */
  static List<RouteClaim> of(WorkloadEndpointKey key, @Nullable WorkloadEndpoint endpoint) {
    if (endpoint == null) {
      return List.of();
    }
    return endpoint.networks().stream().map(network -> address(network, key.host())).toList();
  }

  private static RouteClaim address(Cidr destination, String host) {
    return new RouteClaim(destination, Kind.ADDRESS, host);
  }
}
