package felix.datastore;

import felix.model.ResourceUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key and a value of etcd are.
 *
 * @param updates none if the key is not that of a resource; with null values if there is nothing
 *     that can be used
 * @param problem null if the value is good, or does not matter; what is wrong with a part of it may
 *     stand beside what the rest gives
 */
public record Decoded(List<ResourceUpdate> updates, @Nullable Quarantined problem) {
  static final Decoded NOTHING = new Decoded(List.of(), null);

  public Decoded {
    updates = List.copyOf(updates);
  }
}
