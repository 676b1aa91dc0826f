package felix.config;

import felix.model.PortRange;
import java.util.List;
import java.util.Optional;

/** Packets that leave the IP pools with the address of their host. */
public final class NatSettings {
  public static final Setting<Optional<PortRange>> NAT_PORT_RANGE =
      Setting.of(
          "NATPortRange",
          NetworkTypes.PORT_RANGE,
          "",
          "Source ports of packets that leave the IP pools; the kernel's choice if not set.");

  public static final Setting<String> NAT_OUTGOING_ADDRESS =
      Setting.of(
          "NATOutgoingAddress",
          Types.IPV4_ADDRESS,
          "",
          "Source address of packets that leave the IP pools; that of the interface if not set.");

  public static final Setting<String> NAT_OUTGOING_EXCLUSIONS =
      Setting.of(
              "NATOutgoingExclusions",
              Types.choice("IPPoolsOnly", "IPPoolsAndHostIPs"),
              "IPPoolsOnly",
              "Where packets from IP pools keep their address: in pools, or on hosts as well.")
          .nonZero();

  public static final Setting<String> IPTABLES_NAT_OUTGOING_INTERFACE_FILTER =
      Setting.of(
          "IptablesNATOutgoingInterfaceFilter",
          NetworkTypes.INTERFACE_PATTERN,
          "",
          "Packets from IP pools lose their address only if they leave there; anywhere if not set.");

  static final List<Setting<?>> ALL =
      List.of(
          NAT_PORT_RANGE,
          NAT_OUTGOING_ADDRESS,
          NAT_OUTGOING_EXCLUSIONS,
          IPTABLES_NAT_OUTGOING_INTERFACE_FILTER);

  private NatSettings() {}
}
