package felix.datastore;

import felix.model.EndpointPort;
import felix.model.Protocol;
import felix.model.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What both kinds of endpoint have. */
final class EndpointParts {
  /** Names in /proc/sys/net/ipv4/conf that are no interfaces, and such as are no file names. */
  private static final Set<String> NO_INTERFACES = Set.of(".", "..", "all", "default");

  /**
   * Linux allows more, but not the colon; nothing more is needed, and the dataplane takes no more
   * as a word of a rule. At most IFNAMSIZ - 1 characters.
   */
  private static final int MAX_INTERFACE_LENGTH = 15;

  private static final int MAX_PORT_NAME_LENGTH = 128;
  private static final Set<Protocol> PORT_PROTOCOLS =
      Set.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

  private EndpointParts() {}

  /**
   * Of a workload. The labels that stand for those of a namespace or a service account come from
   * profiles only, so that no endpoint can pretend to be in another one.
   */
  static Map<String, String> labels(Json endpoint) {
    Map<String, String> labels = endpoint.get("metadata").get("labels").texts();
    labels
        .keySet()
        .removeIf(
            label ->
                label.startsWith(SelectorRewriting.NAMESPACE_PREFIX)
                    || label.startsWith(SelectorRewriting.SERVICE_ACCOUNT_PREFIX));
    return labels;
  }

  static String interfaceName(String name) {
    if (!isWord(name, MAX_INTERFACE_LENGTH) || NO_INTERFACES.contains(name)) {
      throw new IllegalArgumentException("not the name of an interface: '" + Shown.of(name) + "'");
    }
    return name;
  }

  /** All of them must have names. */
  static List<EndpointPort> namedPorts(Json ports) {
    var read = new ArrayList<EndpointPort>();
    for (Json port : ports.items()) {
      read.add(port(port));
    }
    return read;
  }

  /** Of a workload: those without a name, which the CNI plugin writes for itself, do not count. */
  static List<EndpointPort> ports(Json ports) {
    var read = new ArrayList<EndpointPort>();
    for (Json port : ports.items()) {
      if (port.get("name").hasText()) {
        read.add(port(port));
      }
    }
    return read;
  }

  private static boolean isWord(String name, int maxLength) {
    return !name.isEmpty() && name.length() <= maxLength && Ascii.isWord(name);
  }

  private static EndpointPort port(Json port) {
    Json name = port.get("name");
    if (!isWord(name.text(), MAX_PORT_NAME_LENGTH)) {
      throw name.bad("not the name of a port: " + name.shown());
    }
    Protocol protocol = port.get("protocol").parsed(Protocol::parse);
    if (!PORT_PROTOCOLS.contains(protocol)) {
      throw port.get("protocol").bad("expected TCP, UDP or SCTP, found " + protocol);
    }
    return new EndpointPort(name.internedText(), protocol, port.get("port").integer(1, 65_535));
  }
}
