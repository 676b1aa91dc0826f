package felix.model;

import java.util.Comparator;

/**
 * A workload's interface on a host.
 *
 * @param workload with its namespace: {@code default/web-7c9}
 */
public record WorkloadEndpointKey(
    String host, String orchestrator, String workload, String endpoint)
    implements EndpointKey, Comparable<WorkloadEndpointKey> {
  private static final Comparator<WorkloadEndpointKey> ORDER =
      Comparator.comparing(WorkloadEndpointKey::host)
          .thenComparing(WorkloadEndpointKey::orchestrator)
          .thenComparing(WorkloadEndpointKey::workload)
          .thenComparing(WorkloadEndpointKey::endpoint);

  /**
   * On one host: by orchestrator, workload, endpoint. The lowest of those that claim one interface
   * gets it.
   */
  @Override
  public int compareTo(WorkloadEndpointKey other) {
    return ORDER.compare(this, other);
  }
}
