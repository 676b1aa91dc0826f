package felix.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the agent says of itself. Before it runs it is live but not ready. Any thread may ask; the
 * one that keeps asking, see {@link HealthMonitor}, is what makes time pass for those who are
 * stuck.
 */
public final class Health {
  private final Limits limits;
  private final AwakeClock clock;
  private volatile String phase = "starting";
  private List<Pulse> pulses = List.of();
  private List<HealthCheck> readiness = List.of(() -> Optional.of(phase));
  private Supplier<String> summary = () -> phase;

  public Health(Limits limits) {
    this(limits, System::nanoTime);
  }

  Health(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.clock = new AwakeClock(nanoTime);
  }

  /** What the agent does before it runs: {@code waiting for etcd}. */
  public void phase(String words) {
    phase = words;
  }

  /**
   * The agent runs.
   *
   * @param heartbeats of its threads
   * @param ready what must hold for it to be ready, beside that no vital thread is stuck
   * @param state in a few words, while all is well
   */
  public synchronized void running(
      List<Heartbeat> heartbeats, List<HealthCheck> ready, Supplier<String> state) {
    long awake = clock.nanos();
    Instant now = Instant.now();
    pulses = heartbeats.stream().map(heartbeat -> new Pulse(heartbeat, awake, now)).toList();
    readiness = List.copyOf(ready);
    summary = state;
  }

  /** In a few words, while all is well or the agent does not run yet. */
  public synchronized String summary() {
    return summary.get();
  }

  /** How it is now. */
  public synchronized HealthReport look() {
    long awake = clock.nanos();
    Instant now = Instant.now();
    var notLive = new ArrayList<String>();
    var stuck = new ArrayList<Heartbeat>();
    for (Pulse pulse : pulses) {
      pulse.look(awake, now);
      var limit = limits.of(pulse.heartbeat());
      if (pulse.isStuck(awake, limit)) {
        stuck.add(pulse.heartbeat());
        if (pulse.heartbeat().kind() == Heartbeat.Kind.VITAL) {
          notLive.add(pulse.problem(awake, limit));
        }
      }
    }
    var notReady = new ArrayList<>(notLive);
    readiness.forEach(check -> check.problem().ifPresent(notReady::add));
    return new HealthReport(notLive, notReady, stuck);
  }

  /** How each part fared when somebody last looked, a line each, well or not. */
  public synchronized List<String> details() {
    long awake = clock.nanos();
    return pulses.stream().map(p -> p.detail(awake, limits.of(p.heartbeat()))).toList();
  }
}
