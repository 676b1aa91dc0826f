package felix.dataplane.status;

import felix.delta.ActiveWorkload;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint fares, and what it was when that was found.
 *
 * @param workload null if it is a host endpoint
 */
public record EndpointReport(EndpointState state, @Nullable ActiveWorkload workload) {
  /** Of one endpoint in two families. */
  EndpointReport worse(EndpointReport other) {
    return new EndpointReport(state.worse(other.state), workload);
  }
}
