package felix.dataplane;

import com.lmax.disruptor.EventHandler;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.dataplane.status.HostReports;
import felix.delta.DataplaneDelta;
import felix.latency.Stamps;
import org.jspecify.annotations.Nullable;

/**
 * The dataplane thread: collects what a batch brings and then has the dataplanes of both families
 * bring the kernel there. A slow kernel gets larger batches, not a longer queue.
 */
final class DataplaneHandler implements EventHandler<DataplaneEvent> {
  private final Families families;
  private final DataplaneStatus status;
  private final Surroundings surroundings;
  private final HostReports endpoints;

  /** Whether the batch so far holds anything that may be a reason to apply. */
  private boolean stirred;

  /** The deltas of the batch so far as one. */
  private @Nullable DataplaneDelta collected;

  /** Of what was absorbed and is not in the kernel yet. */
  private final Stamps waiting = new Stamps();

  /** How many changes the deltas of the batch brought. */
  private int changes;

  DataplaneHandler(Families families, DataplaneStatus status, Surroundings surroundings) {
    this.families = families;
    this.status = status;
    this.surroundings = surroundings;
    this.endpoints = new HostReports(surroundings.endpoints());
  }

  @Override
  public void onEvent(DataplaneEvent event, long sequence, boolean endOfBatch) {
    surroundings.everyTurn().run();
    stirred |= event.delta != null || event.interfaceChange != null;
    if (event.delta != null) {
      changes += status.came(event.delta);
      collected = collected == null ? event.delta : collected.mergeLater(event.delta);
    }
    if (event.interfaceChange != null) {
      tellAll(event.interfaceChange);
    }
    if (event.received != null) {
      tellAll(event.received);
    }
    if (event.refresh != null) {
      tellAll(event.refresh);
    }
    event.clear();
    if (endOfBatch) {
      apply();
    }
  }

  /** How long until a retry or a refresh is due. */
  long nanosUntilDue() {
    return families.all().stream().mapToLong(Dataplane::nanosUntilDue).min().orElse(Long.MAX_VALUE);
  }

  /** Nothing came for a while: retries and refreshes that are due. */
  @Override
  public void onTimeout(long sequence) {
    surroundings.everyTurn().run();
    apply();
  }

  private void tellAll(InterfaceChange change) {
    families.all().forEach(dataplane -> dataplane.onInterface(change));
  }

  private void tellAll(RefreshIntervals intervals) {
    families.all().forEach(dataplane -> dataplane.refresh(intervals));
  }

  private void tellAll(Received received) {
    families.all().forEach(dataplane -> dataplane.onEvents(received));
  }

  private void apply() {
    DataplaneDelta delta = collected;
    collected = null;
    if (stirred) {
      stirred = false;
      surroundings.beforeApply().run();
    }
    if (delta != null) {
      status.batch(changes);
      changes = 0;
      waiting.mergeLater(delta.stamps());
    }
    var turn = new Turn(families, status);
    if (delta != null && !isAwaited(delta)) {
      turn.atOnce(delta);
    } else {
      turn.oneByOne(delta);
    }
    if (!waiting.isEmpty() && families.all().stream().allMatch(Dataplane::hasTaken)) {
      status.took(waiting, turn.end());
      waiting.clear();
    }
    endpoints.tell(families.all().stream().map(Dataplane::endpoints).toList());
    status.update(families.all(), endpoints.size());
  }

  /** Whether somebody waits for it: not for what was there when the process began. */
  private static boolean isAwaited(DataplaneDelta delta) {
    return delta.concernsRules() && !delta.stamps().isEmpty();
  }
}
