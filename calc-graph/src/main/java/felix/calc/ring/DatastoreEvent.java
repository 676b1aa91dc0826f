package felix.calc.ring;

import felix.latency.Stamp;
import felix.model.ResourceUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot of the ring. Filled by the datastore's thread, emptied by the calculation graph's. */
final class DatastoreEvent {
  private boolean snapshot;
  private long revision;
  private List<ResourceUpdate> resources = List.of();
  private @Nullable Stamp stamp;

  /** All that there is. */
  void snapshot(long at, List<ResourceUpdate> all) {
    fill(true, at, all, null);
  }

  /** What changed. */
  void updates(long at, List<ResourceUpdate> updates, Stamp when) {
    fill(false, at, updates, when);
  }

  private void fill(boolean isAll, long at, List<ResourceUpdate> held, @Nullable Stamp when) {
    snapshot = isAll;
    revision = at;
    resources = held;
    stamp = when;
  }

  /** Lets go of what it holds, which would else live until the slot is used again. */
  void clear() {
    resources = List.of();
    stamp = null;
  }

  /** Whether the resources are all that there are. */
  boolean isSnapshot() {
    return snapshot;
  }

  long revision() {
    return revision;
  }

  List<ResourceUpdate> resources() {
    return resources;
  }

  /** Null for a snapshot: how long it waited in etcd nobody knows. */
  @Nullable Stamp stamp() {
    return stamp;
  }
}
