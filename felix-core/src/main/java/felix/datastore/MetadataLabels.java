package felix.datastore;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The labels of host endpoints and network sets. Felix checks these, and not those of workloads.
 */
final class MetadataLabels {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_./-]{1,512}");
  private static final Pattern VALUE =
      Pattern.compile("[a-zA-Z0-9]?([a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9])?");

  private MetadataLabels() {}

  static Map<String, String> checked(Json resource) {
    Json labels = resource.get("metadata").get("labels");
    labels.forEachField(
        (name, value) -> {
          if (!NAME.matcher(name).matches() || !VALUE.matcher(value.textOr("")).matches()) {
            throw value.bad("not a label: " + value.shown());
          }
        });
    return labels.texts();
  }
}
