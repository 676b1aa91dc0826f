package felix.calc;

import felix.delta.Changes;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;

/** Keeps the endpoints of this host and drops all others. */
final class LocalEndpoints {
  private final String hostname;

  LocalEndpoints(String hostname) {
    this.hostname = hostname;
  }

  Changes<WorkloadEndpointKey, WorkloadEndpoint> apply(
      Changes<WorkloadEndpointKey, WorkloadEndpoint> all) {
    var local = new Changes<WorkloadEndpointKey, WorkloadEndpoint>();
    for (var change : all) {
      if (change.key().host().equals(hostname)) {
        local.record(change.key(), change.before(), change.after());
      }
    }
    return local;
  }
}
