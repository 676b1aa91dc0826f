package felix.dataplane;

import felix.dataplane.rules.RuleSettings;
import felix.model.Ip;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the dataplane. Made once a process: another value needs another process.
 *
 * @param ipv6Support whether there is a second dataplane, for IPv6 ({@code Ipv6Support})
 * @param rules what of the configuration is in the rules
 * @param iptables how the tables are written and when they are looked at again
 * @param ipSets likewise for IP sets
 * @param routes likewise for routes, and what they look like
 */
public record DataplaneSettings(
    boolean ipv6Support,
    RuleSettings rules,
    IptablesSettings iptables,
    IpSetSettings ipSets,
    RouteSettings routes) {

  /**
   * Settings of the tables.
   *
   * @param refreshInterval how often they are read in full ({@code IptablesRefreshInterval}); zero
   *     for never
   * @param postWriteCheckInterval how long after a write they are read for the first time, doubling
   *     from there ({@code IptablesPostWriteCheckIntervalSecs})
   */
  public record IptablesSettings(Duration refreshInterval, Duration postWriteCheckInterval) {}

  /**
   * Settings of the IP sets.
   *
   * @param maxSize how many members a set can hold ({@code MaxIpsetSize})
   * @param refreshInterval how often they are read in full ({@code IpsetsRefreshInterval}); zero
   *     for never
   */
  public record IpSetSettings(int maxSize, Duration refreshInterval) {}

  /**
   * Settings of the routes to workloads.
   *
   * @param protocol the number that marks them as ours ({@code DeviceRouteProtocol})
   * @param sourceAddress what the host uses to speak to IPv4 workloads ({@code
   *     DeviceRouteSourceAddress}); null leaves that to the kernel
   * @param removeExternal whether routes of others to workload interfaces are removed ({@code
   *     RemoveExternalRoutes})
   * @param refreshInterval how often they are read in full ({@code RouteRefreshInterval}); zero for
   *     never
   */
  public record RouteSettings(
      int protocol, @Nullable Ip sourceAddress, boolean removeExternal, Duration refreshInterval) {}
}
