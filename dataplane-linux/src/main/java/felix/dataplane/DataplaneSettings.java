package felix.dataplane;

import felix.dataplane.iptables.ChainInsertMode;
import felix.dataplane.iptables.FullyRandomOverride;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.iptables.LockWait;
import felix.dataplane.rules.RuleSettings;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the dataplane. Made once a process: another value needs another process.
 *
 * @param hostname what this host is called in the datastore
 * @param ipv6Support whether there is a second dataplane, for IPv6 ({@code Ipv6Support})
 * @param rules what of the configuration is in the rules
 * @param iptables how the tables are written and when they are looked at again
 * @param ipSets likewise for IP sets
 * @param routes likewise for routes, and what they look like
 * @param overlay the devices and routes between hosts
 * @param netlink how we speak with the kernel about interfaces and routes
 * @param host what of the host concerns us, and what we do to it
 */
public record DataplaneSettings(
    String hostname,
    boolean ipv6Support,
    RuleSettings rules,
    IptablesSettings iptables,
    IpSetSettings ipSets,
    RouteSettings routes,
    OverlaySettings overlay,
    NetlinkSettings netlink,
    HostSettings host) {
  /** What v3.14 does where nothing is configured. */
  public static DataplaneSettings defaults() {
    return new DataplaneSettings(
        "",
        true,
        RuleSettings.defaults(),
        new IptablesSettings(
            Optional.of(IptablesBackend.LEGACY),
            ChainInsertMode.INSERT,
            LockWait.DEFAULT,
            FullyRandomOverride.NONE,
            Duration.ofSeconds(90),
            Duration.ofSeconds(1)),
        new IpSetSettings(1 << 20, Duration.ofSeconds(10)),
        new RouteSettings(
            true, new RouteLook(3, null, null, 0, 1024), true, Duration.ofSeconds(90)),
        new OverlaySettings(
            new VxlanSettings(4096, 4789, 1410, true),
            1440,
            ClusterRoutes.NONE,
            List.of(),
            "^((en|wl|ww|sl|ib)[Pcopsvx].*|(eth|wlan|wwan).*)"),
        new NetlinkSettings(Duration.ofSeconds(10), Duration.ofSeconds(90)),
        HostSettings.DEFAULT);
  }

  /** The same for a host that has no IPv6. */
  DataplaneSettings withoutIpv6() {
    return new DataplaneSettings(
        hostname, false, rules, iptables, ipSets, routes, overlay, netlink, host);
  }

  /** The families that there is a dataplane for. */
  List<IpVersion> families() {
    return ipv6Support ? List.of(IpVersion.V4, IpVersion.V6) : List.of(IpVersion.V4);
  }

  /**
   * Settings of the tables.
   *
   * @param backend {@code IptablesBackend}; empty for auto
   * @param insertMode {@code ChainInsertMode}
   * @param lockWait {@code IptablesLockTimeoutSecs}, {@code IptablesLockProbeIntervalMillis}
   * @param fullyRandom {@code FeatureDetectOverride}, {@code MASQFullyRandom} and {@code
   *     SNATFullyRandom}
   * @param refreshInterval how often they are read in full ({@code IptablesRefreshInterval}); zero
   *     for never
   * @param postWriteCheckInterval how long after a write they are read for the first time, doubling
   *     from there ({@code IptablesPostWriteCheckIntervalSecs})
   */
  public record IptablesSettings(
      Optional<IptablesBackend> backend,
      ChainInsertMode insertMode,
      LockWait lockWait,
      FullyRandomOverride fullyRandom,
      Duration refreshInterval,
      Duration postWriteCheckInterval) {}

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
   * @param enabled false: no route is written, removed or read ({@code RouteSyncDisabled})
   * @param removeExternal whether routes of others to workload interfaces are removed ({@code
   *     RemoveExternalRoutes})
   * @param refreshInterval how often they are read in full ({@code RouteRefreshInterval}); zero for
   *     never
   */
  public record RouteSettings(
      boolean enabled, RouteLook look, boolean removeExternal, Duration refreshInterval) {
    int protocol() {
      return look.protocol();
    }
  }

  /**
   * What routes to workloads look like.
   *
   * @param protocol the number that marks them as ours ({@code DeviceRouteProtocol})
   * @param sourceV4 the address with which this host speaks to workloads ({@code
   *     DeviceRouteSourceAddress}); null leaves the choice to the kernel
   * @param sourceV6 likewise ({@code DeviceRouteSourceAddressIPv6})
   * @param metricV4 {@code IPv4NormalRoutePriority}; 0 for none
   * @param metricV6 {@code IPv6NormalRoutePriority}; 0 for the kernel's own
   */
  public record RouteLook(
      int protocol, @Nullable Ip sourceV4, @Nullable Ip sourceV6, int metricV4, int metricV6) {
    int metric(IpVersion version) {
      return switch (version) {
        case V4 -> metricV4;
        case V6 -> metricV6;
      };
    }

    @Nullable Ip source(IpVersion version) {
      return switch (version) {
        case V4 -> sourceV4;
        case V6 -> sourceV6;
      };
    }
  }

  /**
   * Settings of the devices and routes between hosts.
   *
   * @param ipipMtuBytes of {@code tunl0} ({@code IpInIpMtu}); 0: what the host's interfaces allow
   * @param clusterRoutes which routes to other hosts' workloads we write beside those of VXLAN
   *     ({@code ProgramClusterRoutes})
   * @param externalNodes who else may send wrapped packets to us ({@code ExternalNodesCIDRList})
   * @param mtuInterfaces a regular expression: the interfaces that bound the MTU ({@code
   *     MTUIfacePattern})
   */
  public record OverlaySettings(
      VxlanSettings vxlan,
      int ipipMtuBytes,
      ClusterRoutes clusterRoutes,
      List<Cidr> externalNodes,
      String mtuInterfaces) {
    public OverlaySettings {
      externalNodes = List.copyOf(externalNodes);
    }
  }

  /**
   * Settings of {@code vxlan.calico}.
   *
   * @param port UDP ({@code VXLANPort})
   * @param mtuBytes {@code VXLANMTU}; 0: what the host's interfaces allow
   * @param checksumOffload whether checksums may be left to hardware, or to the end of the tunnel
   *     ({@code FeatureDetectOverride}, {@code ChecksumOffloadBroken})
   */
  public record VxlanSettings(int vni, int port, int mtuBytes, boolean checksumOffload) {}

  /** Routes to other hosts' workloads that a routing daemon writes if we do not. */
  public enum ClusterRoutes {
    NONE,
    IPIP,
    UNENCAPSULATED,
    ALL
  }

  /**
   * Settings of the host as a whole.
   *
   * @param excludedInterfaces regular expressions: of which interfaces, other than ours, we take no
   *     notice ({@code InterfaceExclude})
   * @param ipForwarding whether we see to it that it forwards packets ({@code IPForwarding})
   * @param requireMtuFile whether to end if the MTU file cannot be written ({@code RequireMTUFile})
   * @param cutsDenied whether connections that policy has come to deny are cut ({@code
   *     ConntrackCleanupOnPolicyChange})
   */
  public record HostSettings(
      List<String> excludedInterfaces,
      boolean ipForwarding,
      boolean requireMtuFile,
      boolean cutsDenied) {
    /** Where nothing is configured. */
    public static final HostSettings DEFAULT =
        new HostSettings(List.of("^kube-ipvs0$"), true, false, false);

    public HostSettings {
      excludedInterfaces = List.copyOf(excludedInterfaces);
    }
  }

  /**
   * Settings of netlink.
   *
   * @param timeout how long an answer may take ({@code NetlinkTimeoutSecs})
   * @param interfaceRefreshInterval how often all interfaces are listed ({@code
   *     InterfaceRefreshInterval}); zero for never
   */
  public record NetlinkSettings(Duration timeout, Duration interfaceRefreshInterval) {}
}
