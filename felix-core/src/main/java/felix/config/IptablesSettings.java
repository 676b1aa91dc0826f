package felix.config;

import java.time.Duration;
import java.util.List;

/** The rules, and the programs that load them. */
public final class IptablesSettings {
  public static final Setting<String> IPTABLES_BACKEND =
      Setting.of(
          "IptablesBackend",
          Types.choice("legacy", "nft", "auto"),
          "legacy",
          "Which variant of iptables to use; auto for the one that holds the host's rules.");

  public static final Setting<Duration> IPTABLES_REFRESH_INTERVAL =
      Setting.of(
              "IptablesRefreshInterval",
              Types.SECONDS,
              "90",
              "How often it is looked whether the kernel holds other rules; 0 for never.")
          .live();

  public static final Setting<Duration> IPTABLES_POST_WRITE_CHECK_INTERVAL =
      Setting.of(
          "IptablesPostWriteCheckIntervalSecs",
          Types.SECONDS,
          "1",
          "How long after a write the rules are read back for the first time.");

  public static final Setting<String> IPTABLES_LOCK_FILE_PATH =
      Setting.of(
          "IptablesLockFilePath",
          Types.TEXT,
          "/run/xtables.lock",
          "The lock of iptables, for an iptables-restore older than 1.6.2, which does not take it"
              + " itself.");

  public static final Setting<Duration> IPTABLES_LOCK_TIMEOUT =
      Setting.of(
          "IptablesLockTimeoutSecs",
          Types.SECONDS,
          "0",
          "How long to wait for the lock of iptables; 0 to leave that to iptables.");

  public static final Setting<Duration> IPTABLES_LOCK_PROBE_INTERVAL =
      Setting.of(
          "IptablesLockProbeIntervalMillis",
          Types.MILLIS,
          "50",
          "How often to try while waiting for the lock of iptables.");

  public static final Setting<String> CHAIN_INSERT_MODE =
      Setting.of(
              "ChainInsertMode",
              Types.choice("insert", "append"),
              "insert",
              "Whether the jumps to Calico's chains come before or after the rules of others.")
          .nonZero()
          .vital();

  public static final Setting<String> DEFAULT_ENDPOINT_TO_HOST_ACTION =
      Setting.of(
              "DefaultEndpointToHostAction",
              Types.choice("DROP", "RETURN", "ACCEPT"),
              "DROP",
              "What becomes of packets from workloads to this host that policy allows.")
          .nonZero()
          .vital();

  public static final Setting<String> IPTABLES_FILTER_ALLOW_ACTION =
      Setting.of(
              "IptablesFilterAllowAction",
              Types.choice("ACCEPT", "RETURN"),
              "ACCEPT",
              "What becomes of allowed packets in the filter table.")
          .nonZero()
          .vital();

  public static final Setting<String> IPTABLES_FILTER_DENY_ACTION =
      Setting.of(
              "IptablesFilterDenyAction",
              Types.choice("DROP", "REJECT"),
              "DROP",
              "Whether denied packets vanish or are answered with an ICMP error.")
          .nonZero()
          .vital();

  public static final Setting<String> IPTABLES_MANGLE_ALLOW_ACTION =
      Setting.of(
              "IptablesMangleAllowAction",
              Types.choice("ACCEPT", "RETURN"),
              "ACCEPT",
              "What becomes of allowed packets in the mangle table.")
          .nonZero()
          .vital();

  public static final Setting<Integer> IPTABLES_MARK_MASK =
      Setting.of(
              "IptablesMarkMask",
              Types.MARK_MASK,
              "0xffff0000",
              "Bits of the packet mark that Calico may use.")
          .nonZero()
          .vital();

  public static final Setting<Boolean> DISABLE_CONNTRACK_INVALID_CHECK =
      Setting.of(
          "DisableConntrackInvalidCheck",
          Types.BOOL,
          "false",
          "Whether to leave out the rule that drops packets invalid to connection tracking.");

  public static final Setting<String> LOG_PREFIX =
      Setting.of(
          "LogPrefix",
          Types.TEXT,
          "calico-packet",
          "Beginning of the kernel's log lines that Log rules write. In it %t is the policy's tier, %k"
              + " its kind, %n its name, %p the name with its namespace.");

  public static final Setting<String> LOG_ACTION_RATE_LIMIT =
      Setting.of(
          "LogActionRateLimit",
          Types.matching(
              "1 to 9999, and /second, /minute, /hour or /day",
              "[1-9]\\d{0,3}/(second|minute|hour|day)"),
          "",
          "How many packets a Log rule logs; all if not set.");

  public static final Setting<Integer> LOG_ACTION_RATE_LIMIT_BURST =
      Setting.of(
          "LogActionRateLimitBurst",
          Types.integer(0, 9999),
          "5",
          "How many packets a Log rule logs before the limit counts.");

  public static final Setting<List<HostPort>> FAILSAFE_INBOUND_HOST_PORTS =
      Setting.of(
              "FailsafeInboundHostPorts",
              Types.PORTS,
              "tcp:22,udp:68,tcp:179,tcp:2379,tcp:2380,tcp:6666,tcp:6667",
              "Ports of this host that are open whatever policy says.")
          .vital();

  public static final Setting<List<HostPort>> FAILSAFE_OUTBOUND_HOST_PORTS =
      Setting.of(
              "FailsafeOutboundHostPorts",
              Types.PORTS,
              "udp:53,udp:67,tcp:179,tcp:2379,tcp:2380,tcp:6666,tcp:6667",
              "Ports that this host reaches whatever policy says.")
          .vital();

  static final List<Setting<?>> ALL =
      List.of(
          IPTABLES_BACKEND,
          IPTABLES_REFRESH_INTERVAL,
          IPTABLES_POST_WRITE_CHECK_INTERVAL,
          IPTABLES_LOCK_FILE_PATH,
          IPTABLES_LOCK_TIMEOUT,
          IPTABLES_LOCK_PROBE_INTERVAL,
          CHAIN_INSERT_MODE,
          DEFAULT_ENDPOINT_TO_HOST_ACTION,
          IPTABLES_FILTER_ALLOW_ACTION,
          IPTABLES_FILTER_DENY_ACTION,
          IPTABLES_MANGLE_ALLOW_ACTION,
          IPTABLES_MARK_MASK,
          DISABLE_CONNTRACK_INVALID_CHECK,
          LOG_PREFIX,
          LOG_ACTION_RATE_LIMIT,
          LOG_ACTION_RATE_LIMIT_BURST,
          FAILSAFE_INBOUND_HOST_PORTS,
          FAILSAFE_OUTBOUND_HOST_PORTS);

  private IptablesSettings() {}
}
