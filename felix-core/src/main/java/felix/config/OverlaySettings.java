package felix.config;

import felix.model.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The network between the hosts: its tunnels and its routes. */
public final class OverlaySettings {
  public static final Setting<Optional<Boolean>> VXLAN_ENABLED =
      Setting.of(
          "VXLANEnabled",
          Types.BOOL_OR_UNSET,
          "",
          "Whether VXLAN is in use; if not set, as long as an IP pool says so.");

  public static final Setting<Integer> VXLAN_VNI =
      Setting.of(
          "VXLANVNI", Types.integer(0, (1 << 24) - 1), "4096", "Network identifier of VXLAN.");

  public static final Setting<Integer> VXLAN_PORT =
      Setting.of("VXLANPort", Types.integer(1, 65_535), "4789", "UDP port of VXLAN.").nonZero();

  public static final Setting<Integer> VXLAN_MTU =
      Setting.of(
          "VXLANMTU",
          NetworkTypes.MTU,
          "1410",
          "MTU of vxlan.calico; 0 for what the host's interfaces allow, less 50.");

  public static final Setting<Integer> VXLAN_MTU_V6 =
      Setting.of(
              "VXLANMTUV6",
              NetworkTypes.MTU,
              "0",
              "MTU of vxlan-v6.calico; 0 for what the host's interfaces allow, less 70.")
          .unused("VXLAN over IPv6 is not supported yet");

  public static final Setting<Optional<Boolean>> IP_IN_IP_ENABLED =
      Setting.of(
          "IpInIpEnabled",
          Types.BOOL_OR_UNSET,
          "",
          "Whether IP in IP is in use; if not set, as long as an IP pool says so.");

  public static final Setting<Integer> IP_IN_IP_MTU =
      Setting.of(
          "IpInIpMtu",
          NetworkTypes.MTU,
          "1440",
          "MTU of tunl0; 0 for what the host's interfaces allow, less 20.");

  public static final Setting<String> MTU_IFACE_PATTERN =
      Setting.of(
              "MTUIfacePattern",
              NetworkTypes.REGEX,
              "^((en|wl|ww|sl|ib)[Pcopsvx].*|(eth|wlan|wwan).*)",
              "Which of the host's interfaces bound the MTU of tunnels where that is 0.")
          .nonZero();

  public static final Setting<Boolean> REQUIRE_MTU_FILE =
      Setting.of(
          "RequireMTUFile",
          Types.BOOL,
          "false",
          "Whether to end if /var/lib/calico/mtu, which tells the network plugin the MTU of"
              + " workloads, cannot be written.");

  public static final Setting<Map<String, Boolean>> FEATURE_DETECT_OVERRIDE =
      Setting.of(
          "FeatureDetectOverride",
          NetworkTypes.FEATURES,
          "",
          "What the kernel can do, whatever it seems. ChecksumOffloadBroken=true turns checksum"
              + " offload of vxlan.calico off; MASQFullyRandom and SNATFullyRandom say whether NAT"
              + " may choose source ports at random; the others have no effect.");

  public static final Setting<String> ROUTE_SOURCE =
      Setting.of(
              "RouteSource",
              Types.choice("CalicoIPAM", "WorkloadIPs"),
              "CalicoIPAM",
              "What routes to other hosts are made of: IPAM blocks or addresses of workloads.")
          .nonZero();

  public static final Setting<String> PROGRAM_CLUSTER_ROUTES =
      Setting.of(
              "ProgramClusterRoutes",
              Types.choice("Enabled", "Disabled", "EnabledIPIPOnly", "EnabledNoEncapOnly"),
              "Disabled",
              "Which routes to other hosts' workloads to write beside those of VXLAN; Disabled where"
                  + " BIRD writes them, as on DC/OS.")
          .nonZero();

  public static final Setting<List<Cidr>> EXTERNAL_NODES_CIDR_LIST =
      Setting.of(
              "ExternalNodesCIDRList",
              NetworkTypes.NETWORKS,
              "",
              "Hosts outside the cluster that may send packets through its tunnels.")
          .vital();

  public static final Setting<Boolean> ALLOW_VXLAN_PACKETS_FROM_WORKLOADS =
      Setting.of(
          "AllowVXLANPacketsFromWorkloads",
          Types.BOOL,
          "false",
          "Whether workloads may send VXLAN packets of their own.");

  public static final Setting<Boolean> ALLOW_IPIP_PACKETS_FROM_WORKLOADS =
      Setting.of(
          "AllowIPIPPacketsFromWorkloads",
          Types.BOOL,
          "false",
          "Whether workloads may send IP in IP packets of their own.");

  static final List<Setting<?>> ALL =
      List.of(
          VXLAN_ENABLED,
          VXLAN_VNI,
          VXLAN_PORT,
          VXLAN_MTU,
          VXLAN_MTU_V6,
          IP_IN_IP_ENABLED,
          IP_IN_IP_MTU,
          MTU_IFACE_PATTERN,
          REQUIRE_MTU_FILE,
          FEATURE_DETECT_OVERRIDE,
          ROUTE_SOURCE,
          PROGRAM_CLUSTER_ROUTES,
          EXTERNAL_NODES_CIDR_LIST,
          ALLOW_VXLAN_PACKETS_FROM_WORKLOADS,
          ALLOW_IPIP_PACKETS_FROM_WORKLOADS);

  private OverlaySettings() {}
}
