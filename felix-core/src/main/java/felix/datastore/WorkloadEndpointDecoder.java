package felix.datastore;

import felix.model.Cidr;
import felix.model.EndpointPort;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.Protocol;
import felix.model.Shown;
import felix.model.WorkloadEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** WorkloadEndpoint. Who it is stands in the key; what the value says about that is not read. */
final class WorkloadEndpointDecoder {
  /** Names in /proc/sys/net/ipv4/conf that are no interfaces, and such as are no file names. */
  private static final Set<String> NO_INTERFACES = Set.of(".", "..", "all", "default");

  /**
   * Linux allows more, but not the colon; nothing more is needed, and the dataplane takes no more
   * as a word of a rule. At most IFNAMSIZ - 1 characters.
   */
  private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z0-9_.-]{1,15}");

  private static final Pattern PORT_NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
  private static final Set<Protocol> PORT_PROTOCOLS =
      Set.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

  private WorkloadEndpointDecoder() {}

  /** Null while the endpoint has no address: then nothing can be done for it yet. */
  static @Nullable WorkloadEndpoint decode(Json endpoint) {
    Json spec = endpoint.get("spec");
    var decoded =
        new WorkloadEndpoint(
            spec.get("interfaceName").parsed(WorkloadEndpointDecoder::interfaceName),
            spec.get("ipNetworks").parsedItems(WorkloadEndpointDecoder::network),
            mac(spec.get("mac")),
            Interned.list(spec.get("profiles").parsedItems(Names::parse)),
            ports(spec.get("ports")),
            Interned.labels(labels(endpoint)));
    checkGateway(spec.get("ipv4Gateway"));
    checkGateway(spec.get("ipv6Gateway"));
    return decoded.networks().isEmpty() ? null : decoded;
  }

  /**
   * The labels that stand for those of a namespace or a service account come from profiles only, so
   * that no endpoint can pretend to be in another one.
   */
  private static Labels labels(Json endpoint) {
    Map<String, String> labels = endpoint.get("metadata").get("labels").texts();
    labels
        .keySet()
        .removeIf(
            label ->
                label.startsWith(SelectorRewriting.NAMESPACE_PREFIX)
                    || label.startsWith(SelectorRewriting.SERVICE_ACCOUNT_PREFIX));
    String serviceAccount = endpoint.get("spec").get("serviceAccountName").textOr("");
    if (!serviceAccount.isEmpty()) {
      labels.put(SelectorRewriting.SERVICE_ACCOUNT_LABEL, serviceAccount);
    }
    return Labels.of(labels);
  }

  /** Each becomes a route to the workload; that of all addresses would be the default route. */
  private static Cidr network(String text) {
    Cidr network = Cidr.parse(text);
    if (network.prefixLength() == 0) {
      throw new IllegalArgumentException("a workload cannot have all addresses: " + network);
    }
    return network;
  }

  private static String interfaceName(String name) {
    if (!INTERFACE.matcher(name).matches() || NO_INTERFACES.contains(name)) {
      throw new IllegalArgumentException("not the name of an interface: '" + Shown.of(name) + "'");
    }
    return name;
  }

  private static @Nullable MacAddress mac(Json mac) {
    return mac.textOr("").isEmpty() ? null : mac.parsed(MacText::parse);
  }

  /** Ports without a name, which the CNI plugin writes for itself, are not for policy. */
  private static List<EndpointPort> ports(Json ports) {
    return ports.items().stream()
        .filter(port -> !port.get("name").textOr("").isEmpty())
        .map(WorkloadEndpointDecoder::port)
        .toList();
  }

  private static EndpointPort port(Json port) {
    Json name = port.get("name");
    if (!PORT_NAME.matcher(name.text()).matches()) {
      throw name.bad("not the name of a port: " + name.shown());
    }
    Protocol protocol = port.get("protocol").parsed(Protocol::parse);
    if (!PORT_PROTOCOLS.contains(protocol)) {
      throw port.get("protocol").bad("expected TCP, UDP or SCTP, found " + protocol);
    }
    return new EndpointPort(
        Interned.text(name.text()), protocol, port.get("port").integer(1, 65_535));
  }

  private static void checkGateway(Json gateway) {
    if (!gateway.textOr("").isEmpty()) {
      gateway.parsed(Cidr::parse);
    }
  }
}
