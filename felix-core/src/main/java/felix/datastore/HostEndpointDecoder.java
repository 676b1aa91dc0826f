package felix.datastore;

import felix.model.HostEndpoint;
import felix.model.Ip;
import felix.model.Labels;
import org.jspecify.annotations.Nullable;

/** HostEndpoint. */
final class HostEndpointDecoder {
  private HostEndpointDecoder() {}

  static HostEndpoint decode(Json endpoint) {
    Json spec = endpoint.get("spec");
    var decoded =
        new HostEndpoint(
            Interned.text(spec.get("node").parsed(Names::parse)),
            interfaceName(spec.get("interfaceName")),
            spec.get("expectedIPs").parsedItems(Ip::parse),
            Interned.list(spec.get("profiles").parsedItems(Names::parse)),
            EndpointParts.ports(spec.get("ports")),
            Interned.labels(Labels.of(EndpointParts.labels(endpoint))));
    if (decoded.interfaceName() == null && decoded.expectedIps().isEmpty()) {
      throw spec.bad("neither interfaceName nor expectedIPs");
    }
    return decoded;
  }

  private static @Nullable String interfaceName(Json name) {
    String text = name.textOr("");
    if (text.isEmpty()) {
      return null;
    }
    return text.equals(HostEndpoint.ALL_INTERFACES)
        ? HostEndpoint.ALL_INTERFACES
        : name.parsed(EndpointParts::interfaceName);
  }
}
