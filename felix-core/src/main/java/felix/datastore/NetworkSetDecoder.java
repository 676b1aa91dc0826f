package felix.datastore;

import felix.model.Cidr;
import felix.model.Labels;
import felix.model.NetworkSet;
import java.util.List;
import java.util.Map;

/** NetworkSet and GlobalNetworkSet. */
final class NetworkSetDecoder {
  private NetworkSetDecoder() {}

  static NetworkSet global(Json set) {
    return new NetworkSet(
        nets(set), List.of(), Interned.labels(Labels.of(MetadataLabels.checked(set))));
  }

  /** Knows its namespace, and inherits the labels that a profile gives to all in it. */
  static NetworkSet namespaced(Json set, String namespace) {
    Map<String, String> labels = MetadataLabels.checked(set);
    labels.put(SelectorRewriting.NAMESPACE_LABEL, namespace);
    return new NetworkSet(
        nets(set), Interned.list(List.of("kns." + namespace)), Interned.labels(Labels.of(labels)));
  }

  private static List<Cidr> nets(Json set) {
    return set.get("spec").get("nets").parsedItems(Cidr::parse);
  }
}
