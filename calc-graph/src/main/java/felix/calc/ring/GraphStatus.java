package felix.calc.ring;

import felix.calc.GraphSizes;
import felix.count.Count;
import felix.count.Counts;
import felix.count.Distribution;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaMessage;
import felix.model.ResourceUpdate;
import java.util.List;

/** What others ask about the calculation graph. Written by its thread, read by any. */
public final class GraphStatus {
  private final Counts<UpdateKind> updates = new Counts<>(UpdateKind.class);
  private final Counts<DeltaMessage> messages = new Counts<>(DeltaMessage.class);
  private final Count batches = new Count();
  private final Distribution updateNanos = new Distribution();
  private volatile GraphSizes sizes = GraphSizes.NONE;

  /** Updates that came from the datastore. */
  public Counts<UpdateKind> updates() {
    return updates;
  }

  /** Changes that left the graph. */
  public Counts<DeltaMessage> messages() {
    return messages;
  }

  /** How often the graph was calculated. */
  public long batches() {
    return batches.get();
  }

  /** How long a batch of updates took to go through the graph. */
  public Distribution updateNanos() {
    return updateNanos;
  }

  /** How much the graph held after the last batch. */
  public GraphSizes sizes() {
    return sizes;
  }

  void came(List<ResourceUpdate> batch) {
    for (ResourceUpdate update : batch) {
      updates.increment(UpdateKind.of(update.key()));
    }
  }

  void calculated(DataplaneDelta delta, long nanos, GraphSizes held) {
    DeltaMessage.count(delta, messages);
    updateNanos.observe(nanos);
    batches.increment();
    sizes = held;
  }
}
