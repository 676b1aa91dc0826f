package felix.calc.ring;

import felix.model.ResourceUpdate;
import java.util.List;

/** A slot of the ring. Filled by the datastore's thread, emptied by the calculation graph's. */
final class DatastoreEvent {
  private boolean snapshot;
  private long revision;
  private List<ResourceUpdate> resources = List.of();

  void fill(boolean snapshot, long revision, List<ResourceUpdate> resources) {
    this.snapshot = snapshot;
    this.revision = revision;
    this.resources = resources;
  }

  /** Lets go of what it holds, which would else live until the slot is used again. */
  void clear() {
    resources = List.of();
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
}
