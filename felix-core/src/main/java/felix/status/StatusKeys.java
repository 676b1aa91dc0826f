package felix.status;

import felix.model.EndpointKey;
import felix.model.HostEndpointKey;
import felix.model.WorkloadEndpointKey;

/**
 * Felix's names of the keys of one host.
 *
 * @param region {@code no-region}, or {@code region-} and OpenStack's name of it
 * @param host the name of this host in the datastore
 */
public record StatusKeys(String region, String host) {
  /** Where there is no OpenStack, as on DC/OS. */
  public static final String NO_REGION = "no-region";

  public StatusKeys {
    if (region.isEmpty() || region.contains("/") || host.isEmpty() || host.contains("/")) {
      throw new IllegalArgumentException("no part of a key: '" + region + "', '" + host + "'");
    }
  }

  String status() {
    return hostRoot() + "status";
  }

  String lastReported() {
    return hostRoot() + "last_reported_status";
  }

  String workloads() {
    return hostRoot() + "workload/";
  }

  String hostEndpoints() {
    return "/calico/felix/v1/host/" + host + "/endpoint/";
  }

  String endpoint(EndpointKey key) {
    return switch (key) {
      case WorkloadEndpointKey workload -> workload(workload);
      case HostEndpointKey endpoint -> hostEndpoints() + escaped(endpoint.name());
    };
  }

  String workload(WorkloadEndpointKey key) {
    return workloads()
        + escaped(key.orchestrator())
        + "/"
        + escaped(key.workload())
        + "/endpoint/"
        + escaped(key.endpoint());
  }

  /** Whether such a key can be that of an endpoint: nobody else's is to be deleted. */
  boolean isEndpoint(String key) {
    if (key.startsWith(workloads())) {
      String[] parts = key.substring(workloads().length()).split("/", -1);
      return parts.length == 4 && parts[2].equals("endpoint");
    }
    return key.startsWith(hostEndpoints()) && key.indexOf('/', hostEndpoints().length()) < 0;
  }

  private String hostRoot() {
    return "/calico/felix/v2/" + region + "/host/" + host + "/";
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace("/", "%2f");
  }
}
