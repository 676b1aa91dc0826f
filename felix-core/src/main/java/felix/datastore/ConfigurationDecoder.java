package felix.datastore;

import felix.model.ClusterInformation;
import felix.model.FelixConfiguration;
import felix.model.GoDuration;
import felix.model.Shown;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * FelixConfiguration, whose fields become parameters with values as felix.cfg would hold them, and
 * ClusterInformation.
 */
final class ConfigurationDecoder {
  /** Parameters whose names are older than the fields. */
  private static final Map<String, String> OLD_NAMES =
      Map.ofEntries(
          Map.entry("ipv6Support", "Ipv6Support"),
          Map.entry("ipipEnabled", "IpInIpEnabled"),
          Map.entry("ipipMTU", "IpInIpMtu"),
          Map.entry("iptablesPostWriteCheckInterval", "IptablesPostWriteCheckIntervalSecs"),
          Map.entry("iptablesLockTimeout", "IptablesLockTimeoutSecs"),
          Map.entry("iptablesLockProbeInterval", "IptablesLockProbeIntervalMillis"),
          Map.entry("netlinkTimeout", "NetlinkTimeoutSecs"),
          Map.entry("reportingInterval", "ReportingIntervalSecs"),
          Map.entry("reportingTTL", "ReportingTTLSecs"),
          Map.entry("endpointReportingDelay", "EndpointReportingDelaySecs"),
          Map.entry("usageReportingInitialDelay", "UsageReportingInitialDelaySecs"),
          Map.entry("usageReportingInterval", "UsageReportingIntervalSecs"),
          Map.entry("externalNodesList", "ExternalNodesCIDRList"),
          Map.entry("bpfConntrackMode", "BPFConntrackCleanupMode"),
          Map.entry("wireguardKeepAlive", "WireguardPersistentKeepAlive"));

  /** Words that Go writes in capitals where JSON begins with a small letter. */
  private static final Set<String> CAPITALS = Set.of("vxlan", "nat", "mtu", "bpf", "xdp");

  /** Fields of other names than {@code ...Interval} that hold a time such as {@code 1m30s}. */
  private static final Set<String> DURATIONS =
      Set.of(
          "iptablesLockTimeout",
          "netlinkTimeout",
          "reportingTTL",
          "endpointReportingDelay",
          "usageReportingInitialDelay",
          "debugSimulateCalcGraphHangAfter",
          "debugSimulateDataplaneHangAfter",
          "debugSimulateDataplaneApplyDelay",
          "dataplaneWatchdogTimeout",
          "bpfKubeProxyMinSyncPeriod",
          "bpfIPFragTimeout",
          "liveMigrationRouteConvergenceTime",
          "wireguardKeepAlive");

  private static final Map<String, String> OF_CLUSTER =
      Map.of(
          "clusterGUID", "ClusterGUID",
          "clusterType", "ClusterType",
          "calicoVersion", "CalicoVersion");

  private static final String ANNOTATION_PREFIX = "config.projectcalico.org/";

  private ConfigurationDecoder() {}

  static ClusterInformation clusterInformation(Json information) {
    return new ClusterInformation(information.get("spec").get("datastoreReady").isTrue());
  }

  /** What is a setting to Felix. */
  static FelixConfiguration clusterSettings(Json information) {
    var values = new TreeMap<String, String>();
    Json spec = information.get("spec");
    OF_CLUSTER.forEach(
        (field, parameter) -> {
          String text = spec.get(field).textOr("");
          if (!text.isEmpty()) {
            values.put(parameter, text);
          }
        });
    return new FelixConfiguration(values);
  }

  /** Annotations set parameters by their own names and win over fields. */
  static FelixConfiguration felixConfiguration(Json configuration) {
    var values = new TreeMap<String, String>();
    configuration
        .get("spec")
        .forEachField(
            (field, value) -> {
              String text = valueOrReason(field, value);
              if (!text.isEmpty()) {
                values.put(parameter(field), text);
              }
            });
    configuration
        .get("metadata")
        .get("annotations")
        .texts()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ANNOTATION_PREFIX)) {
                values.put(name.substring(ANNOTATION_PREFIX.length()), value);
              }
            });
    return new FelixConfiguration(values);
  }

  private static String parameter(String field) {
    String old = OLD_NAMES.get(field);
    if (old != null) {
      return old;
    }
    int word = 0;
    while (word < field.length() && Ascii.isLowerCase(field.charAt(word))) {
      word++;
    }
    int capitals = CAPITALS.contains(field.substring(0, word)) ? word : Math.min(1, word);
    return Ascii.toUpperCase(field.substring(0, capitals)) + field.substring(capitals);
  }

  /**
   * What cannot be written as felix.cfg would have it becomes the reason, a text that is no value
   * of the setting either: it is reported with the setting's name, waited for if the setting is
   * vital, and the other fields count.
   */
  private static String valueOrReason(String field, Json value) {
    try {
      return value(field, value);
    } catch (BadValueException e) {
      return e.reason();
    }
  }

  /** Empty if the field sets nothing. */
  private static String value(String field, Json value) {
    if (!value.isPresent()) {
      return "";
    }
    return switch (field) {
      case "nodeSelector" -> ""; // says whom the others are for
      case "failsafeInboundHostPorts", "failsafeOutboundHostPorts" -> protocolPorts(value);
      case "routeTableRange" -> range(value);
      case "routeTableRanges" ->
          value.items().stream().map(ConfigurationDecoder::range).collect(Collectors.joining(","));
      case "healthTimeoutOverrides" ->
          value.items().stream()
              .map(item -> item.get("name").text() + "=" + item.get("timeout").text())
              .collect(Collectors.joining(","));
      case "iptablesLockProbeInterval" -> value.parsed(GoDuration::parse).inMilliseconds();
      default ->
          field.endsWith("Interval") || DURATIONS.contains(field)
              ? value.parsed(GoDuration::parse).inSeconds()
              : plain(value);
    };
  }

  /**
   * Scalars, and lists of them. What has more structure is for features that are not known here.
   */
  private static String plain(Json value) {
    if (value.isObject()) {
      return "";
    }
    if (!value.isArray()) {
      return value.scalar();
    }
    boolean scalars = value.items().stream().noneMatch(i -> i.isObject() || i.isArray());
    return scalars ? value.items().stream().map(Json::scalar).collect(Collectors.joining(",")) : "";
  }

  /** An empty list is a value of its own: no port at all, not the default ones. */
  private static String protocolPorts(Json ports) {
    return ports.items().isEmpty()
        ? "none"
        : ports.items().stream()
            .map(ConfigurationDecoder::protocolPort)
            .collect(Collectors.joining(","));
  }

  private static String protocolPort(Json port) {
    String protocol = port.get("protocol").parsed(ConfigurationDecoder::word);
    String net = port.get("net").textOr("");
    String shown = net.indexOf(':') < 0 ? net : "[" + net + "]";
    return protocol
        + ":"
        + (net.isEmpty() ? "" : shown + ":")
        + port.get("port").integer(0, 65_535);
  }

  private static String word(String text) {
    if (text.isEmpty() || !text.chars().allMatch(Ascii::isLetterOrDigit)) {
      throw new IllegalArgumentException("not a protocol: '" + Shown.of(text) + "'");
    }
    return Ascii.toLowerCase(text);
  }

  private static String range(Json range) {
    return range.get("min").integer(0, Integer.MAX_VALUE)
        + "-"
        + range.get("max").integer(0, Integer.MAX_VALUE);
  }
}
