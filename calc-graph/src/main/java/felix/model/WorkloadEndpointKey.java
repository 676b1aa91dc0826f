package felix.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

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

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof WorkloadEndpointKey key
            && workload.equals(key.workload)
            && host.equals(key.host)
            && endpoint.equals(key.endpoint)
            && orchestrator.equals(key.orchestrator));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * workload.hashCode() + host.hashCode()) + endpoint.hashCode();
  }
}
