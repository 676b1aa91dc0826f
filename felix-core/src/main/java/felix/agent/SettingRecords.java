package felix.agent;

import felix.calc.GraphSettings;
import felix.config.ConnectionSettings;
import felix.config.FelixConfig;
import felix.config.HealthSettings;
import felix.config.HostPort;
import felix.config.IptablesSettings;
import felix.config.KernelSettings;
import felix.config.ProcessSettings;
import felix.dataplane.DataplaneSettings;
import felix.dataplane.RefreshIntervals;
import felix.dataplane.iptables.ChainInsertMode;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.iptables.LockWait;
import felix.dataplane.rules.AllowAction;
import felix.dataplane.rules.DenyAction;
import felix.dataplane.rules.EndpointToHostAction;
import felix.dataplane.rules.FailsafePort;
import felix.dataplane.rules.MarkBits;
import felix.dataplane.rules.RuleSettings;
import felix.datastore.EtcdSettings;
import felix.model.Protocol;
import felix.policysync.PolicySyncSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The records that the parts of the agent take, filled from the configuration. */
final class SettingRecords {
  private static final String SUPPORTED_DATASTORE = "etcdv3";

  private SettingRecords() {}

  /**
   * What this host is called in the datastore.
   *
   * @throws IllegalArgumentException if nobody says: without a name no workload is this host's, and
   *     all that are here would be cut off
   */
  static String hostname(FelixConfig config) {
    String name = config.get(ConnectionSettings.FELIX_HOSTNAME);
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "FelixHostname is not set, and the kernel's host name is none");
    }
    return name;
  }

  /**
   * The way to etcd. A file's EtcdAddr comes before the endpoints that all of Calico's programs are
   * told of, as in Felix, and those before EtcdAddr from anywhere else.
   *
   * @throws IllegalArgumentException if there is no way to such a datastore
   */
  static EtcdSettings etcd(FelixConfig config) {
    String type = config.get(ConnectionSettings.DATASTORE_TYPE);
    if (!type.equals(SUPPORTED_DATASTORE)) {
      throw new IllegalArgumentException("DatastoreType " + type + " is not supported");
    }
    return EtcdRecords.etcd(config);
  }

  /** Empty if health is not to be served. */
  static Optional<InetSocketAddress> health(FelixConfig config) {
    return config.get(HealthSettings.HEALTH_ENABLED)
        ? Optional.of(
            listenAddress(
                config.get(HealthSettings.HEALTH_HOST), config.get(HealthSettings.HEALTH_PORT)))
        : Optional.empty();
  }

  /** Empty if policy sync is not offered. */
  static Optional<PolicySyncSettings> policySync(FelixConfig config) {
    String prefix = config.get(ProcessSettings.POLICY_SYNC_PATH_PREFIX);
    return prefix.isEmpty()
        ? Optional.empty()
        : Optional.of(new PolicySyncSettings(hostname(config), Path.of(prefix)));
  }

  static GraphSettings graph(FelixConfig config) {
    return NetworkRecords.graph(config);
  }

  static DataplaneSettings dataplane(FelixConfig config) {
    return new DataplaneSettings(
        config.get(ConnectionSettings.FELIX_HOSTNAME),
        config.get(KernelSettings.IPV6_SUPPORT),
        rules(config),
        iptables(config),
        new DataplaneSettings.IpSetSettings(
            config.get(KernelSettings.MAX_IPSET_SIZE),
            config.get(KernelSettings.IPSETS_REFRESH_INTERVAL)),
        new DataplaneSettings.RouteSettings(
            !config.get(KernelSettings.ROUTE_SYNC_DISABLED),
            NetworkRecords.routeLook(config),
            config.get(KernelSettings.REMOVE_EXTERNAL_ROUTES),
            config.get(KernelSettings.ROUTE_REFRESH_INTERVAL)),
        NetworkRecords.overlay(config),
        new DataplaneSettings.NetlinkSettings(
            config.get(KernelSettings.NETLINK_TIMEOUT),
            config.get(KernelSettings.INTERFACE_REFRESH_INTERVAL)),
        NetworkRecords.host(config));
  }

  private static RuleSettings rules(FelixConfig config) {
    return new RuleSettings(
        MarkBits.fromMask(config.get(IptablesSettings.IPTABLES_MARK_MASK)),
        config.get(KernelSettings.INTERFACE_PREFIX),
        new RuleSettings.Verdicts(
            AllowAction.valueOf(config.get(IptablesSettings.IPTABLES_FILTER_ALLOW_ACTION)),
            AllowAction.valueOf(config.get(IptablesSettings.IPTABLES_MANGLE_ALLOW_ACTION)),
            DenyAction.valueOf(config.get(IptablesSettings.IPTABLES_FILTER_DENY_ACTION))),
        EndpointToHostAction.valueOf(config.get(IptablesSettings.DEFAULT_ENDPOINT_TO_HOST_ACTION)),
        ExtrasRecords.log(config),
        NetworkRecords.encapsulated(config),
        NetworkRecords.natOutgoing(config),
        !config.get(IptablesSettings.DISABLE_CONNTRACK_INVALID_CHECK),
        new RuleSettings.FailsafePorts(
            failsafe(config.get(IptablesSettings.FAILSAFE_INBOUND_HOST_PORTS)),
            failsafe(config.get(IptablesSettings.FAILSAFE_OUTBOUND_HOST_PORTS))),
        ExtrasRecords.extras(config));
  }

  private static DataplaneSettings.IptablesSettings iptables(FelixConfig config) {
    return new DataplaneSettings.IptablesSettings(
        backend(config.get(IptablesSettings.IPTABLES_BACKEND)),
        ChainInsertMode.valueOf(upper(config.get(IptablesSettings.CHAIN_INSERT_MODE))),
        new LockWait(
            config.get(IptablesSettings.IPTABLES_LOCK_TIMEOUT),
            config.get(IptablesSettings.IPTABLES_LOCK_PROBE_INTERVAL),
            lockFile(config.get(IptablesSettings.IPTABLES_LOCK_FILE_PATH))),
        NetworkRecords.fullyRandom(config),
        config.get(IptablesSettings.IPTABLES_REFRESH_INTERVAL),
        config.get(IptablesSettings.IPTABLES_POST_WRITE_CHECK_INTERVAL));
  }

  /** Empty, which means to find out, for auto and for none. */
  private static Optional<IptablesBackend> backend(String name) {
    return switch (name) {
      case "legacy" -> Optional.of(IptablesBackend.LEGACY);
      case "nft" -> Optional.of(IptablesBackend.NFT);
      default -> Optional.empty();
    };
  }

  private static List<FailsafePort> failsafe(List<HostPort> ports) {
    return ports.stream()
        .map(port -> new FailsafePort(Protocol.ofName(port.protocol()), port.net(), port.port()))
        .toList();
  }

  private static String lockFile(String path) {
    return path.isEmpty() ? LockWait.USUAL_FILE : path;
  }

  /** How often the kernel is read in full. */
  static RefreshIntervals refreshIntervals(FelixConfig config) {
    return new RefreshIntervals(
        config.get(IptablesSettings.IPTABLES_REFRESH_INTERVAL),
        config.get(KernelSettings.IPSETS_REFRESH_INTERVAL),
        config.get(KernelSettings.ROUTE_REFRESH_INTERVAL),
        config.get(KernelSettings.INTERFACE_REFRESH_INTERVAL));
  }

  static InetSocketAddress listenAddress(String host, int port) {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
