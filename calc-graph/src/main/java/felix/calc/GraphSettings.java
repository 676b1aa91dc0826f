package felix.calc;

import java.util.Optional;

/**
 * What of the configuration the graph must know.
 *
 * @param hostname the host whose endpoints are local
 * @param routeSource where routes to other hosts come from ({@code RouteSource})
 * @param ipip whether IP in IP is in use ({@code IpInIpEnabled}); empty: if an IPv4 pool says so
 * @param vxlan likewise ({@code VXLANEnabled})
 */
public record GraphSettings(
    String hostname, RouteSource routeSource, Optional<Boolean> ipip, Optional<Boolean> vxlan) {
  /** Where routes to other hosts come from. */
  public enum RouteSource {
    /** The blocks of the pools, and the addresses in them that other hosts use. */
    CALICO_IPAM,
    /** The addresses of all workload endpoints. */
    WORKLOAD_IPS
  }

  /** What is done where nothing is configured. */
  public static GraphSettings defaults(String hostname) {
    return new GraphSettings(hostname, RouteSource.CALICO_IPAM, Optional.empty(), Optional.empty());
  }
}
