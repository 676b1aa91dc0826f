package felix.dataplane.status;

import felix.delta.ActiveWorkload;

/** How a workload endpoint fares, and what it was when that was found. */
public record EndpointReport(EndpointState state, ActiveWorkload workload) {
  /** Of one endpoint in two families. */
  EndpointReport worse(EndpointReport other) {
    return new EndpointReport(state.worse(other.state), workload);
  }
}
