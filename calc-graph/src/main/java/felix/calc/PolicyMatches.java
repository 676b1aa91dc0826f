package felix.calc;

import felix.delta.Changes;
import felix.model.EndpointKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import java.util.Set;

/**
 * What changed between policies and local endpoints.
 *
 * @param active the policies that match a local endpoint
 * @param endpoints those to which another policy applies than before, or the same in another place;
 *     perhaps some that are gone
 */
record PolicyMatches(Changes<PolicyKey, Policy> active, Set<EndpointKey> endpoints, Now now) {

  /** What matches now. Policies of one selector always match together. */
  interface Now {
    /** The selectors of policies that match a local endpoint. */
    Set<String> selectorsOf(EndpointKey endpoint);

    Set<PolicyKey> policiesWith(String selector);
  }
}
