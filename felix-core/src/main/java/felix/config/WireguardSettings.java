package felix.config;

import java.time.Duration;
import java.util.List;

/** Encryption between hosts. */
public final class WireguardSettings {
  private static final String NOT_HERE = "this agent does not encrypt";

  private static final ValueType<String> INTERFACE =
      Types.matching("a name of an interface", "[a-zA-Z0-9:._+-]{1,15}");

  static final Setting<Boolean> WIREGUARD_ENABLED =
      Setting.of(
              "WireguardEnabled",
              Types.BOOL,
              "false",
              "Whether IPv4 packets between workloads of two hosts are encrypted.")
          .unused(NOT_HERE);

  static final Setting<Boolean> WIREGUARD_ENABLED_V6 =
      Setting.of("WireguardEnabledV6", Types.BOOL, "false", "Likewise for IPv6.").unused(NOT_HERE);

  static final Setting<Integer> WIREGUARD_LISTENING_PORT =
      Setting.of(
              "WireguardListeningPort",
              Types.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "51820",
              "UDP port for IPv4.")
          .unused(NOT_HERE);

  static final Setting<Integer> WIREGUARD_LISTENING_PORT_V6 =
      Setting.of(
              "WireguardListeningPortV6",
              Types.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "51821",
              "UDP port for IPv6.")
          .unused(NOT_HERE);

  static final Setting<Integer> WIREGUARD_ROUTING_RULE_PRIORITY =
      Setting.of(
              "WireguardRoutingRulePriority",
              Types.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "99",
              "Priority of the routing rule.")
          .unused(NOT_HERE);

  static final Setting<String> WIREGUARD_INTERFACE_NAME =
      Setting.of("WireguardInterfaceName", INTERFACE, "wireguard.cali", "Interface for IPv4.")
          .nonZero()
          .unused(NOT_HERE);

  static final Setting<String> WIREGUARD_INTERFACE_NAME_V6 =
      Setting.of("WireguardInterfaceNameV6", INTERFACE, "wg-v6.cali", "Interface for IPv6.")
          .nonZero()
          .unused(NOT_HERE);

  static final Setting<Integer> WIREGUARD_MTU =
      Setting.of(
              "WireguardMTU",
              Types.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "1420",
              "MTU of the interface for IPv4; 0 for what the host allows.")
          .unused(NOT_HERE);

  static final Setting<Integer> WIREGUARD_MTU_V6 =
      Setting.of(
              "WireguardMTUV6",
              Types.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "0",
              "MTU of the interface for IPv6; 0 for what the host allows.")
          .unused(NOT_HERE);

  static final Setting<Boolean> WIREGUARD_HOST_ENCRYPTION_ENABLED =
      Setting.of(
              "WireguardHostEncryptionEnabled",
              Types.BOOL,
              "false",
              "Whether packets of the hosts themselves are encrypted.")
          .unused(NOT_HERE);

  static final Setting<Duration> WIREGUARD_PERSISTENT_KEEP_ALIVE =
      Setting.of(
              "WireguardPersistentKeepAlive",
              Types.SECONDS,
              "0",
              "How often hosts tell each other that they are there; 0 for never.")
          .unused(NOT_HERE);

  static final Setting<Boolean> WIREGUARD_THREADING_ENABLED =
      Setting.of(
              "WireguardThreadingEnabled",
              Types.BOOL,
              "false",
              "Whether the interfaces have threads of their own in the kernel.")
          .unused(NOT_HERE);

  static final List<Setting<?>> ALL =
      List.of(
          WIREGUARD_ENABLED,
          WIREGUARD_ENABLED_V6,
          WIREGUARD_LISTENING_PORT,
          WIREGUARD_LISTENING_PORT_V6,
          WIREGUARD_ROUTING_RULE_PRIORITY,
          WIREGUARD_INTERFACE_NAME,
          WIREGUARD_INTERFACE_NAME_V6,
          WIREGUARD_MTU,
          WIREGUARD_MTU_V6,
          WIREGUARD_HOST_ENCRYPTION_ENABLED,
          WIREGUARD_PERSISTENT_KEEP_ALIVE,
          WIREGUARD_THREADING_ENABLED);

  private WireguardSettings() {}
}
