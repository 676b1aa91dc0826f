package felix.status;

import java.time.Duration;

/**
 * What to write to the datastore, and how often.
 *
 * @param interval between the agent's own reports; zero for none
 * @param timeToLive of such a report; zero for ever
 * @param endpoints whether to write the status of endpoints
 * @param endpointDelay between two writes of that
 */
public record ReportingPlan(
    Duration interval, Duration timeToLive, boolean endpoints, Duration endpointDelay) {
  /** Nothing. */
  public static final ReportingPlan NONE =
      new ReportingPlan(Duration.ZERO, Duration.ZERO, false, Duration.ZERO);

  /** Whether there is anything to write. */
  boolean writesAnything() {
    return interval.isPositive() || endpoints;
  }
}
