package felix.datastore;

import felix.model.HostEndpoint;
import felix.model.Ip;
import felix.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HostEndpoint. An expected address or a mark that is bad is left out, as in Felix: the interface
 * must not be left without policy for that.
 */
final class HostEndpointDecoder {
  /** Host endpoints have no field for it. */
  private static final String DSCP_ANNOTATION = "qos.projectcalico.org/dscp";

  private HostEndpointDecoder() {}

  static HostEndpoint decode(Json endpoint, LeftOut leftOut) {
    Json spec = endpoint.get("spec");
    String interfaceName = interfaceName(spec.get("interfaceName"));
    List<Ip> expectedIps =
        leftOut.readItems(() -> spec.get("expectedIPs"), ip -> ip.parsed(Ip::parse));
    if (interfaceName == null && expectedIps.isEmpty()) {
      throw spec.bad("neither interfaceName nor expectedIPs");
    }
    return new HostEndpoint(
        Interned.text(spec.get("node").parsed(Names::parse)),
        interfaceName,
        expectedIps,
        Interned.list(spec.get("profiles").parsedItems(Names::parse)),
        EndpointParts.namedPorts(spec.get("ports")),
        Interned.labels(Labels.of(MetadataLabels.checked(endpoint))),
        leftOut.readAny(
            () ->
                DscpValue.decode(
                    endpoint.get("metadata").get("annotations").get(DSCP_ANNOTATION))));
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
