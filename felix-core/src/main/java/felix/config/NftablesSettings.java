package felix.config;

import java.time.Duration;
import java.util.List;

/** The rules where nftables holds them instead of iptables. */
public final class NftablesSettings {
  private static final String IPTABLES =
      "rules are written by iptables; IptablesBackend = nft has the kernel's nftables hold them";

  static final Setting<String> NFTABLES_MODE =
      Setting.of(
              "NFTablesMode",
              Types.choice("Enabled", "Disabled", "Auto"),
              "Auto",
              "Whether rules are nftables' rather than iptables'.")
          .unused(IPTABLES);

  static final Setting<String> NFTABLES_FLOW_TABLE_OFFLOAD =
      Setting.of(
              "NFTablesFlowTableOffload",
              Types.choice("All", "Disabled"),
              "Disabled",
              "Whether established flows bypass the rules.")
          .unused(IPTABLES);

  static final Setting<String> NFTABLES_FLOW_TABLE_DATA_IFACE_PATTERN =
      Setting.of(
              "NFTablesFlowTableDataIfacePattern",
              NetworkTypes.REGEX,
              "",
              "Which of the host's interfaces such flows may use.")
          .unused(IPTABLES);

  static final Setting<Duration> NFTABLES_REFRESH_INTERVAL =
      Setting.of(
              "NftablesRefreshInterval",
              Types.SECONDS,
              "180",
              "How often all rules are read back from the kernel; 0 for never.")
          .unused(IPTABLES);

  static final Setting<String> NFTABLES_FILTER_ALLOW_ACTION =
      Setting.of(
              "NftablesFilterAllowAction",
              Types.choice("ACCEPT", "RETURN"),
              "ACCEPT",
              "What becomes of allowed packets in filter chains.")
          .nonZero()
          .vital()
          .unused(IPTABLES);

  static final Setting<String> NFTABLES_MANGLE_ALLOW_ACTION =
      Setting.of(
              "NftablesMangleAllowAction",
              Types.choice("ACCEPT", "RETURN"),
              "ACCEPT",
              "What becomes of allowed packets in mangle chains.")
          .nonZero()
          .vital()
          .unused(IPTABLES);

  static final Setting<String> NFTABLES_FILTER_DENY_ACTION =
      Setting.of(
              "NftablesFilterDenyAction",
              Types.choice("DROP", "REJECT"),
              "DROP",
              "What becomes of denied packets.")
          .nonZero()
          .vital()
          .unused(IPTABLES);

  static final Setting<Integer> NFTABLES_MARK_MASK =
      Setting.of(
              "NftablesMarkMask",
              Types.markMask(2),
              "0xffff0000",
              "Bits of the packet mark that Calico may use.")
          .nonZero()
          .vital()
          .unused(IPTABLES);

  static final List<Setting<?>> ALL =
      List.of(
          NFTABLES_MODE,
          NFTABLES_FLOW_TABLE_OFFLOAD,
          NFTABLES_FLOW_TABLE_DATA_IFACE_PATTERN,
          NFTABLES_REFRESH_INTERVAL,
          NFTABLES_FILTER_ALLOW_ACTION,
          NFTABLES_MANGLE_ALLOW_ACTION,
          NFTABLES_FILTER_DENY_ACTION,
          NFTABLES_MARK_MASK);

  private NftablesSettings() {}
}
