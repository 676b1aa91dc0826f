package felix.policysync;

import felix.datastore.TextFields;
import felix.model.Shown;
import felix.model.WorkloadEndpointKey;
import java.util.Map;

/**
 * Whose socket it is: what pod2daemon's volume driver writes for each workload. Who is not
 * Kubernetes says which orchestrator and endpoint it means by two fields more.
 */
record Credentials(String namespace, String workload, String orchestrator, String endpoint) {
  private static final String KUBERNETES = "k8s";
  private static final String KUBERNETES_ENDPOINT = "eth0";

  /**
   * Reads a file's content.
   *
   * @param uid what the file is called; one that names another is not to be trusted
   */
  static Credentials parse(byte[] content, String uid) throws RefusedException {
    Map<String, String> fields;
    try {
      fields = TextFields.read(content);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("not what it should be: " + e.getMessage());
    }
    String says = fields.getOrDefault("uid", "");
    if (!says.isEmpty() && !says.equals(uid)) {
      throw new RefusedException("its UID is another: '" + Shown.of(says) + "'");
    }
    return new Credentials(
        needed(fields, "namespace"),
        needed(fields, "workload"),
        fields.getOrDefault("orchestrator", KUBERNETES),
        fields.getOrDefault("endpoint", KUBERNETES_ENDPOINT));
  }

  WorkloadEndpointKey key(String hostname) {
    return new WorkloadEndpointKey(hostname, orchestrator, namespace + "/" + workload, endpoint);
  }

  private static String needed(Map<String, String> fields, String name) throws RefusedException {
    String value = fields.getOrDefault(name, "");
    // a slash in the one or the other could make up another workload's name
    if (value.isEmpty() || value.contains("/")) {
      throw new RefusedException("no usable " + name + ": '" + Shown.of(value) + "'");
    }
    return value;
  }
}
