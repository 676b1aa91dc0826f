package felix.calc;

import felix.delta.Changes;
import felix.model.Endpoint;
import felix.model.EndpointKey;
import felix.model.HostEndpoint;
import org.jspecify.annotations.Nullable;

/** Keeps the endpoints of this host and drops all others. */
final class LocalEndpoints {
  private final String hostname;

  LocalEndpoints(String hostname) {
    this.hostname = hostname;
  }

  Changes<EndpointKey, Endpoint> apply(ResourceChanges in) {
    var local = new Changes<EndpointKey, Endpoint>();
    for (var change : in.endpoints()) {
      if (change.key().host().equals(hostname)) {
        local.record(change.key(), change.before(), change.after());
      }
    }
    for (var change : in.hostEndpoints()) {
      local.record(change.key(), ifLocal(change.before()), ifLocal(change.after()));
    }
    return local;
  }

  private @Nullable HostEndpoint ifLocal(@Nullable HostEndpoint endpoint) {
    return endpoint != null && endpoint.host().equals(hostname) ? endpoint : null;
  }
}
