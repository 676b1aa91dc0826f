package felix.health;

import java.util.List;

/**
 * What the agent says of itself at one moment.
 *
 * @param notLive why the process should be ended; empty if it should not
 * @param notReady why the kernel may not hold what the datastore wants; empty if it does
 * @param stuck threads that have stood still for too long, by name, vital or not
 */
public record HealthReport(List<String> notLive, List<String> notReady, List<Heartbeat> stuck) {
  public HealthReport {
    notLive = List.copyOf(notLive);
    notReady = List.copyOf(notReady);
    stuck = List.copyOf(stuck);
  }

  public boolean isLive() {
    return notLive.isEmpty();
  }

  public boolean isReady() {
    return notReady.isEmpty();
  }
}
