package felix.health;

import java.util.List;
import java.util.Optional;

/**
 * What the agent says of itself. Before it runs it is live but not ready. Written by the thread
 * that starts the agent, read by any.
 */
public final class Health {
  private volatile List<HealthCheck> liveness = List.of();
  private volatile List<HealthCheck> readiness = List.of(() -> Optional.of("starting"));

  /** Says that the agent runs, and what to look at from now on. */
  public void running(List<HealthCheck> live, List<HealthCheck> ready) {
    liveness = List.copyOf(live);
    readiness = List.copyOf(ready);
  }

  /** Why the process should be ended; empty if it should not. */
  public List<String> notLive() {
    return problems(liveness);
  }

  /** Why the kernel may not hold what the datastore wants; empty if it does. */
  public List<String> notReady() {
    return problems(readiness);
  }

  private static List<String> problems(List<HealthCheck> checks) {
    return checks.stream().map(HealthCheck::problem).flatMap(Optional::stream).toList();
  }
}
