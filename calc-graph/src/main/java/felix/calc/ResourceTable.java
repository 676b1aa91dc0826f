package felix.calc;

import felix.delta.Changes;
import felix.model.Resource;
import felix.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All resources of one kind. */
final class ResourceTable<K extends ResourceKey, V extends Resource> {
  private final Map<K, V> byKey = new HashMap<>();
  private final Map<K, V> view = Collections.unmodifiableMap(byKey);

  /** Sets what a key holds; null: nothing. */
  void put(K key, @Nullable V value, Changes<K, V> changes) {
    V before = value == null ? byKey.remove(key) : byKey.put(key, value);
    changes.record(key, before, value);
  }

  /** Removes all keys but these. */
  void retain(Set<ResourceKey> keys, Changes<K, V> changes) {
    for (K key : new ArrayList<>(byKey.keySet())) {
      if (!keys.contains(key)) {
        put(key, null, changes);
      }
    }
  }

  /** What is there now, read-only. */
  Map<K, V> view() {
    return view;
  }
}
