package felix.dataplane;

import felix.dataplane.monitor.InterfaceChange;
import felix.delta.DataplaneDelta;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The kernel side of the agent on a test's own thread: what the ring would do, step by step. */
final class AgentWithoutThreads {
  private static final Duration TICK = Duration.ofMillis(100);

  final DataplaneStatus status;
  private final TestHost host;
  private final DataplaneHandler handler;
  private final DataplaneEvent slot = new DataplaneEvent();

  /** A process that has started and heard of all links. */
  AgentWithoutThreads(TestHost host) {
    this(host, DataplaneSettings.defaults());
    host.allNews().forEach(change -> receive(null, change));
  }

  /** A process that has started and heard of no link yet. */
  AgentWithoutThreads(TestHost host, DataplaneSettings settings) {
    this.host = host;
    Kernel kernel = host.kernel();
    this.status = new DataplaneStatus(kernel.nanoTime());
    this.handler =
        new DataplaneHandler(
            Families.inTurn(DataplaneAssembly.dataplanes(settings, kernel, status, new Random(1))),
            status,
            Surroundings.of(fault -> {}));
    host.forgetWhatWasTold();
  }

  /** One delta that is faster than what happened to links. */
  void sendBeforeNews(DataplaneDelta delta) {
    receive(delta, null);
  }

  /** One delta, with what happened to links before it. */
  void send(DataplaneDelta delta) {
    hear();
    receive(delta, null);
  }

  /** What happened to links. */
  void hear() {
    host.news().forEach(change -> receive(null, change));
  }

  /** Lets time pass, tick by tick. */
  void pass(Duration time) {
    for (long ticks = time.dividedBy(TICK); ticks > 0; ticks--) {
      host.pass(TICK);
      handler.onTimeout(0);
    }
  }

  long writes() {
    return status.kernelWrites().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Which drivers have written how often. */
  Map<String, Long> kernelWrites() {
    return status.kernelWrites();
  }

  private void receive(@Nullable DataplaneDelta delta, @Nullable InterfaceChange change) {
    slot.delta = delta;
    slot.interfaceChange = change;
    handler.onEvent(slot, 0, true);
  }
}
