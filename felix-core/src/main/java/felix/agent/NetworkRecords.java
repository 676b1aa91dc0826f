package felix.agent;

import felix.calc.GraphSettings;
import felix.config.FelixConfig;
import felix.config.KernelSettings;
import felix.config.NatSettings;
import felix.config.OverlaySettings;
import felix.config.RouteSettings;
import felix.config.Setting;
import felix.config.WorkloadSettings;
import felix.dataplane.DataplaneSettings;
import felix.dataplane.iptables.FullyRandomOverride;
import felix.dataplane.rules.RuleSettings;
import felix.model.Ip;
import felix.verdict.EncapsulatedTraffic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link SettingRecords} fills, of the network between the hosts and out of the cluster. */
final class NetworkRecords {
  /** Felix's name of a kernel whose checksums are wrong where addresses are translated. */
  private static final String CHECKSUM_OFFLOAD_BROKEN = "ChecksumOffloadBroken";

  private static final String MASQUERADE_FULLY_RANDOM = "MASQFullyRandom";
  private static final String SNAT_FULLY_RANDOM = "SNATFullyRandom";

  private NetworkRecords() {}

  static GraphSettings graph(FelixConfig config) {
    GraphSettings.RouteSource source =
        config.get(OverlaySettings.ROUTE_SOURCE).equals("WorkloadIPs")
            ? GraphSettings.RouteSource.WORKLOAD_IPS
            : GraphSettings.RouteSource.CALICO_IPAM;
    return new GraphSettings(
        SettingRecords.hostname(config),
        source,
        config.get(OverlaySettings.IP_IN_IP_ENABLED),
        config.get(OverlaySettings.VXLAN_ENABLED));
  }

  static DataplaneSettings.OverlaySettings overlay(FelixConfig config) {
    boolean broken =
        config
            .get(OverlaySettings.FEATURE_DETECT_OVERRIDE)
            .getOrDefault(CHECKSUM_OFFLOAD_BROKEN, false);
    return new DataplaneSettings.OverlaySettings(
        new DataplaneSettings.VxlanSettings(
            config.get(OverlaySettings.VXLAN_VNI),
            config.get(OverlaySettings.VXLAN_PORT),
            config.get(OverlaySettings.VXLAN_MTU),
            !broken),
        config.get(OverlaySettings.IP_IN_IP_MTU),
        clusterRoutes(config.get(OverlaySettings.PROGRAM_CLUSTER_ROUTES)),
        config.get(OverlaySettings.EXTERNAL_NODES_CIDR_LIST),
        config.get(OverlaySettings.MTU_IFACE_PATTERN));
  }

  static DataplaneSettings.RouteLook routeLook(FelixConfig config) {
    return new DataplaneSettings.RouteLook(
        config.get(KernelSettings.DEVICE_ROUTE_PROTOCOL),
        address(config, KernelSettings.DEVICE_ROUTE_SOURCE_ADDRESS),
        address(config, KernelSettings.DEVICE_ROUTE_SOURCE_ADDRESS_IPV6),
        config.get(RouteSettings.IPV4_NORMAL_ROUTE_PRIORITY),
        config.get(RouteSettings.IPV6_NORMAL_ROUTE_PRIORITY));
  }

  static DataplaneSettings.HostSettings host(FelixConfig config) {
    return new DataplaneSettings.HostSettings(
        config.get(KernelSettings.INTERFACE_EXCLUDE).stream().map(NetworkRecords::regex).toList(),
        config.get(KernelSettings.IP_FORWARDING).equals("Enabled"),
        config.get(OverlaySettings.REQUIRE_MTU_FILE),
        config.get(WorkloadSettings.CONNTRACK_CLEANUP_ON_POLICY_CHANGE).equals("Enabled"));
  }

  /**
   * A name, of letters, digits, _ and - alone, stands for itself; an expression has slashes around.
   */
  private static String regex(String interfaces) {
    return interfaces.startsWith("/")
        ? interfaces.substring(1, interfaces.length() - 1)
        : "^" + interfaces + "$";
  }

  private static @Nullable Ip address(FelixConfig config, Setting<String> setting) {
    String text = config.get(setting);
    return text.isEmpty() ? null : Ip.parse(text);
  }

  static FullyRandomOverride fullyRandom(FelixConfig config) {
    var features = config.get(OverlaySettings.FEATURE_DETECT_OVERRIDE);
    return new FullyRandomOverride(
        Optional.ofNullable(features.get(MASQUERADE_FULLY_RANDOM)),
        Optional.ofNullable(features.get(SNAT_FULLY_RANDOM)));
  }

  private static DataplaneSettings.ClusterRoutes clusterRoutes(String word) {
    return switch (word) {
      case "Enabled" -> DataplaneSettings.ClusterRoutes.ALL;
      case "EnabledIPIPOnly" -> DataplaneSettings.ClusterRoutes.IPIP;
      case "EnabledNoEncapOnly" -> DataplaneSettings.ClusterRoutes.UNENCAPSULATED;
      default -> DataplaneSettings.ClusterRoutes.NONE;
    };
  }

  static EncapsulatedTraffic encapsulated(FelixConfig config) {
    return new EncapsulatedTraffic(
        config.get(OverlaySettings.VXLAN_PORT),
        config.get(OverlaySettings.ALLOW_VXLAN_PACKETS_FROM_WORKLOADS),
        config.get(OverlaySettings.ALLOW_IPIP_PACKETS_FROM_WORKLOADS));
  }

  static RuleSettings.NatOutgoing natOutgoing(FelixConfig config) {
    String address = config.get(NatSettings.NAT_OUTGOING_ADDRESS);
    return new RuleSettings.NatOutgoing(
        config.get(NatSettings.NAT_PORT_RANGE).orElse(null),
        address.isEmpty() ? null : Ip.parse(address),
        config.get(NatSettings.IPTABLES_NAT_OUTGOING_INTERFACE_FILTER),
        config.get(NatSettings.NAT_OUTGOING_EXCLUSIONS).equals("IPPoolsAndHostIPs"));
  }
}
