package felix.verdict;

import felix.delta.Direction;
import felix.model.WorkloadEndpointKey;
import java.util.List;

/**
 * What one endpoint's policy decides about a connection.
 *
 * @param steps what mattered, in order; the last one decided
 */
public record EndpointVerdict(
    WorkloadEndpointKey endpoint, Direction direction, boolean allowed, List<Step> steps) {
  public EndpointVerdict {
    steps = List.copyOf(steps);
  }

  /** What decided. */
  public Step decision() {
    return steps.getLast();
  }

  @Override
  public String toString() {
    return (allowed ? "allowed" : "denied")
        + (direction == Direction.EGRESS ? " from " : " to ")
        + endpoint.workload()
        + "/"
        + endpoint.endpoint()
        + ": "
        + decision();
  }
}
