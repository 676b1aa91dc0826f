package felix.dataplane.reconcile;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is desired and what the kernel holds as far as we know, and at any moment the difference of
 * the two. The pending sets are kept as either side changes, so that asking costs nothing and an
 * apply costs what changed.
 */
public final class DeltaTracker<K, V> implements Desired<K, V> {
  private final Map<K, V> desired = new LinkedHashMap<>();
  private final Map<K, V> actual = new HashMap<>();
  private final Set<K> pendingUpdates = new LinkedHashSet<>();
  private final Set<K> pendingRemovals = new LinkedHashSet<>();

  @Override
  public void set(K key, V value) {
    desired.put(key, value);
    compare(key);
  }

  @Override
  public void remove(K key) {
    desired.remove(key);
    compare(key);
  }

  @Override
  public void replaceAll(Map<K, V> values) {
    var gone = new HashSet<>(desired.keySet());
    gone.removeAll(values.keySet());
    gone.forEach(this::remove);
    values.forEach(this::set);
  }

  /** The kernel was read: it holds just these. */
  public void replaceActual(Map<K, V> values) {
    var gone = new HashSet<>(actual.keySet());
    gone.removeAll(values.keySet());
    gone.forEach(this::actualRemoved);
    values.forEach(this::actualSet);
  }

  /** The kernel now holds this. */
  public void actualSet(K key, V value) {
    actual.put(key, value);
    compare(key);
  }

  /** The kernel holds nothing for this key any more. */
  public void actualRemoved(K key) {
    actual.remove(key);
    compare(key);
  }

  /**
   * Keys to be written with {@link #desired}: absent from the kernel, or different there. In the
   * order they came up.
   */
  public Set<K> pendingUpdates() {
    return Collections.unmodifiableSet(pendingUpdates);
  }

  /** Keys that the kernel holds and nobody wants. */
  public Set<K> pendingRemovals() {
    return Collections.unmodifiableSet(pendingRemovals);
  }

  public boolean isInSync() {
    return pendingUpdates.isEmpty() && pendingRemovals.isEmpty();
  }

  public @Nullable V desired(K key) {
    return desired.get(key);
  }

  public @Nullable V actual(K key) {
    return actual.get(key);
  }

  /** Read only. */
  public Map<K, V> desired() {
    return Collections.unmodifiableMap(desired);
  }

  /** Read only. */
  public Map<K, V> actual() {
    return Collections.unmodifiableMap(actual);
  }

  private void compare(K key) {
    V wanted = desired.get(key);
    V held = actual.get(key);
    if (wanted != null && !wanted.equals(held)) {
      pendingUpdates.add(key);
    } else {
      pendingUpdates.remove(key);
    }
    if (wanted == null && held != null) {
      pendingRemovals.add(key);
    } else {
      pendingRemovals.remove(key);
    }
  }
}
