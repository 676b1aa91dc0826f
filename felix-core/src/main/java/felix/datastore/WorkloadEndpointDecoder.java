package felix.datastore;

import felix.model.Cidr;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.WorkloadEndpoint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** WorkloadEndpoint. Who it is stands in the key; what the value says about that is not read. */
final class WorkloadEndpointDecoder {
  private WorkloadEndpointDecoder() {}

  /** Null while the endpoint has no address: then nothing can be done for it yet. */
  static @Nullable WorkloadEndpoint decode(Json endpoint, LeftOut leftOut) {
    Json spec = endpoint.get("spec");
    List<Cidr> networks = spec.get("ipNetworks").parsedItems(WorkloadEndpointDecoder::network);
    var decoded =
        new WorkloadEndpoint(
            spec.get("interfaceName").parsed(EndpointParts::interfaceName),
            networks,
            mac(spec.get("mac")),
            Interned.list(spec.get("profiles").parsedItems(Names::parse)),
            EndpointParts.ports(spec.get("ports")),
            Interned.labels(labels(endpoint)),
            ExtrasDecoder.decode(spec, networks, leftOut));
    checkGateway(spec.get("ipv4Gateway"));
    checkGateway(spec.get("ipv6Gateway"));
    return networks.isEmpty() ? null : decoded;
  }

  private static Labels labels(Json endpoint) {
    Map<String, String> labels = EndpointParts.labels(endpoint);
    Json serviceAccount = endpoint.get("spec").get("serviceAccountName");
    if (serviceAccount.hasText()) {
      labels.put(SelectorRewriting.SERVICE_ACCOUNT_LABEL, serviceAccount.internedText());
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

  private static @Nullable MacAddress mac(Json mac) {
    return mac.hasText() ? mac.parsed(MacText::parse) : null;
  }

  private static void checkGateway(Json gateway) {
    if (gateway.hasText()) {
      gateway.parsed(Cidr::parse);
    }
  }
}
