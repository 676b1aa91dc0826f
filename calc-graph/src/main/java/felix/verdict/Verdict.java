package felix.verdict;

import java.util.List;

/**
 * What policy decides about a connection that is from or to a workload of this host, or both.
 *
 * @param endpoints the verdicts of those concerned, the sender's first; no further one after a
 *     denial
 */
public record Verdict(List<EndpointVerdict> endpoints) {
  public Verdict {
    endpoints = List.copyOf(endpoints);
  }

  public boolean allowed() {
    return endpoints.stream().allMatch(EndpointVerdict::allowed);
  }
}
