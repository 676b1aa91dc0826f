package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds what is desired, and how often each key was set. */
final class RecordingDesired<K, V> implements Desired<K, V> {
  final Map<K, V> desired = new HashMap<>();
  final Map<K, Integer> timesSet = new HashMap<>();

  @Override
  public void set(K key, V value) {
    desired.put(key, value);
    timesSet.merge(key, 1, Integer::sum);
  }

  @Override
  public void remove(K key) {
    desired.remove(key);
  }

  @Override
  public void replaceAll(Map<K, V> values) {
    List.copyOf(desired.keySet()).forEach(this::remove);
    values.forEach(this::set);
  }
}
