package felix.config;

import java.time.Duration;
import java.util.List;

/** What is programmed into the kernel: interfaces, routes and IP sets. */
public final class KernelSettings {
  public static final Setting<Boolean> IPV6_SUPPORT =
      Setting.of(
          "Ipv6Support",
          Types.BOOL,
          "true",
          "Whether to program IPv6 as well as IPv4, where the host has it.");

  public static final Setting<List<String>> INTERFACE_PREFIX =
      Setting.of(
              "InterfacePrefix",
              Types.INTERFACE_PREFIXES,
              "cali",
              "What the names of workloads' interfaces begin with.")
          .nonZero()
          .vital();

  public static final Setting<List<String>> INTERFACE_EXCLUDE =
      Setting.of(
          "InterfaceExclude",
          NetworkTypes.INTERFACE_NAMES,
          "kube-ipvs0",
          "Interfaces of the host to take no notice of. A workload's interface cannot be"
              + " excluded.");

  public static final Setting<String> IP_FORWARDING =
      Setting.of(
          "IPForwarding",
          Types.choice("Enabled", "Disabled"),
          "Enabled",
          "Whether to see to it that this host forwards packets; if Disabled, others must.");

  public static final Setting<Boolean> ROUTE_SYNC_DISABLED =
      Setting.of(
          "RouteSyncDisabled",
          Types.BOOL,
          "false",
          "Whether to leave all routes alone, those to workloads too.");

  public static final Setting<Duration> ROUTE_REFRESH_INTERVAL =
      Setting.of(
              "RouteRefreshInterval",
              Types.SECONDS,
              "90",
              "How often routes are read back from the kernel; 0 for never.")
          .live();

  public static final Setting<String> DEVICE_ROUTE_SOURCE_ADDRESS =
      Setting.of(
          "DeviceRouteSourceAddress",
          Types.IPV4_ADDRESS,
          "",
          "Source address that this host uses towards IPv4 workloads; the kernel's choice if not"
              + " set.");

  public static final Setting<String> DEVICE_ROUTE_SOURCE_ADDRESS_IPV6 =
      Setting.of(
          "DeviceRouteSourceAddressIPv6",
          Types.IPV6_ADDRESS,
          "",
          "Source address that this host uses towards IPv6 workloads; the kernel's choice if not"
              + " set.");

  public static final Setting<Integer> DEVICE_ROUTE_PROTOCOL =
      Setting.of(
          "DeviceRouteProtocol",
          Types.integer(1, 255),
          "3",
          "Protocol number of the routes to workloads.");

  public static final Setting<Boolean> REMOVE_EXTERNAL_ROUTES =
      Setting.of(
          "RemoveExternalRoutes",
          Types.BOOL,
          "true",
          "Whether to delete routes on workloads' interfaces that others made.");

  public static final Setting<Duration> IPSETS_REFRESH_INTERVAL =
      Setting.of(
              "IpsetsRefreshInterval",
              Types.SECONDS,
              "10",
              "How often IP sets are read back from the kernel; 0 for never.")
          .live();

  public static final Setting<Integer> MAX_IPSET_SIZE =
      Setting.of(
              "MaxIpsetSize",
              Types.integer(1, Integer.MAX_VALUE),
              "1048576",
              "Number of members that an IP set can hold.")
          .nonZero();

  public static final Setting<Duration> NETLINK_TIMEOUT =
      Setting.of(
              "NetlinkTimeoutSecs",
              Types.TIMEOUT,
              "10",
              "How long the kernel may take to answer about interfaces and routes.")
          .nonZero();

  public static final Setting<Duration> INTERFACE_REFRESH_INTERVAL =
      Setting.of(
              "InterfaceRefreshInterval",
              Types.SECONDS,
              "90",
              "How often all interfaces are listed; 0 for never.")
          .live();

  public static final Setting<Boolean> IGNORE_LOOSE_RPF =
      Setting.of(
          "IgnoreLooseRPF",
          Types.BOOL,
          "false",
          "Whether to start although rp_filter is loose (2) for all interfaces, for new ones, or for"
              + " a workload's.");

  static final List<Setting<?>> ALL =
      List.of(
          IPV6_SUPPORT,
          INTERFACE_PREFIX,
          INTERFACE_EXCLUDE,
          IP_FORWARDING,
          ROUTE_SYNC_DISABLED,
          ROUTE_REFRESH_INTERVAL,
          DEVICE_ROUTE_SOURCE_ADDRESS,
          DEVICE_ROUTE_SOURCE_ADDRESS_IPV6,
          DEVICE_ROUTE_PROTOCOL,
          REMOVE_EXTERNAL_ROUTES,
          IPSETS_REFRESH_INTERVAL,
          MAX_IPSET_SIZE,
          NETLINK_TIMEOUT,
          INTERFACE_REFRESH_INTERVAL,
          IGNORE_LOOSE_RPF);

  private KernelSettings() {}
}
