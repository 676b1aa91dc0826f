package felix.dataplane.manager;

import felix.delta.Changes;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Things that many may claim but only one can have at a time, the lowest of those who claim it. The
 * others get it in turn as it is released.
 *
 * @param <T> the things
 * @param <C> who claims them
 * @param <V> what a claimant makes of its thing
 */
final class Claims<T, C extends Comparable<C>, V> {
  private final Map<T, SortedMap<C, V>> claims = new HashMap<>();
  private Changes<T, V> changes = new Changes<>();

  void claim(T thing, C claimant, V value) {
    V before = holder(thing);
    claims.computeIfAbsent(thing, t -> new TreeMap<>()).put(claimant, value);
    changes.record(thing, before, holder(thing));
  }

  void release(T thing, C claimant) {
    SortedMap<C, V> ofThing = claims.get(thing);
    if (ofThing == null) {
      return;
    }
    V before = holder(thing);
    ofThing.remove(claimant);
    if (ofThing.isEmpty()) {
      claims.remove(thing);
    }
    changes.record(thing, before, holder(thing));
  }

  /** What those who have the things make of them now and did not when this was last called. */
  Changes<T, V> takeChanges() {
    Changes<T, V> taken = changes;
    changes = new Changes<>();
    return taken;
  }

  private @Nullable V holder(T thing) {
    SortedMap<C, V> ofThing = claims.get(thing);
    return ofThing == null ? null : ofThing.get(ofThing.firstKey());
  }
}
