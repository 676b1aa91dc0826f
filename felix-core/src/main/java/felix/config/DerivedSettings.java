package felix.config;

import java.util.List;

/** What Felix learns from other resources and passes on as settings. */
public final class DerivedSettings {
  private static final String NODE =
      "taken from this host's Node, and from there only, without a restart";

  private static final String REPORTS = "for usage reports, which this agent does not send";

  static final Setting<String> IPV4_VXLAN_TUNNEL_ADDR =
      Setting.of("IPv4VXLANTunnelAddr", Types.IPV4_ADDRESS, "", "Address of vxlan.calico.")
          .unused(NODE);

  static final Setting<String> IPV6_VXLAN_TUNNEL_ADDR =
      Setting.of("IPv6VXLANTunnelAddr", Types.IPV6_ADDRESS, "", "Address of vxlan-v6.calico.")
          .unused(NODE);

  static final Setting<String> VXLAN_TUNNEL_MAC_ADDR =
      Setting.of("VXLANTunnelMACAddr", Types.TEXT, "", "MAC address of vxlan.calico.").unused(NODE);

  static final Setting<String> VXLAN_TUNNEL_MAC_ADDR_V6 =
      Setting.of("VXLANTunnelMACAddrV6", Types.TEXT, "", "MAC address of vxlan-v6.calico.")
          .unused(NODE);

  static final Setting<String> IP_IN_IP_TUNNEL_ADDR =
      Setting.of("IpInIpTunnelAddr", Types.IPV4_ADDRESS, "", "Address of tunl0.").unused(NODE);

  static final Setting<String> CLUSTER_GUID =
      Setting.of(
              "ClusterGUID",
              Types.TEXT,
              "baddecaf",
              "Identifier of the cluster, from its ClusterInformation.")
          .live()
          .unused(REPORTS);

  static final Setting<String> CLUSTER_TYPE =
      Setting.of("ClusterType", Types.TEXT, "", "Kind of cluster, from its ClusterInformation.")
          .live()
          .unused(REPORTS);

  static final Setting<String> CALICO_VERSION =
      Setting.of("CalicoVersion", Types.TEXT, "", "Version of Calico, from its ClusterInformation.")
          .live()
          .unused(REPORTS);

  static final List<Setting<?>> ALL =
      List.of(
          IPV4_VXLAN_TUNNEL_ADDR,
          IPV6_VXLAN_TUNNEL_ADDR,
          VXLAN_TUNNEL_MAC_ADDR,
          VXLAN_TUNNEL_MAC_ADDR_V6,
          IP_IN_IP_TUNNEL_ADDR,
          CLUSTER_GUID,
          CLUSTER_TYPE,
          CALICO_VERSION);

  private DerivedSettings() {}
}
