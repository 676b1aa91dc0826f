package felix.datastore;

import felix.model.Cidr;
import felix.model.Labels;
import felix.model.NetworkSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** NetworkSet and GlobalNetworkSet. */
final class NetworkSetDecoder {
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9_./-]{1,512}");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("[a-zA-Z0-9]?([a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9])?");

  private NetworkSetDecoder() {}

  static NetworkSet global(Json set) {
    return new NetworkSet(nets(set), List.of(), Interned.labels(Labels.of(labels(set))));
  }

  /** Knows its namespace, and inherits the labels that a profile gives to all in it. */
  static NetworkSet namespaced(Json set, String namespace) {
    Map<String, String> labels = labels(set);
    labels.put(SelectorRewriting.NAMESPACE_LABEL, namespace);
    return new NetworkSet(
        nets(set), Interned.list(List.of("kns." + namespace)), Interned.labels(Labels.of(labels)));
  }

  private static List<Cidr> nets(Json set) {
    return set.get("spec").get("nets").parsedItems(Cidr::parse);
  }

  /** Felix checks these, and not those of endpoints. */
  private static Map<String, String> labels(Json set) {
    Json labels = set.get("metadata").get("labels");
    labels.forEachField(
        (name, value) -> {
          if (!LABEL.matcher(name).matches() || !LABEL_VALUE.matcher(value.textOr("")).matches()) {
            throw value.bad("not a label: " + value.shown());
          }
        });
    return labels.texts();
  }
}
