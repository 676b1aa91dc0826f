package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what is desired, and how often each key was set. */
final class RecordingDesired<K extends Comparable<K>, V> implements Desired<K, V> {
  final Map<K, V> desired = new TreeMap<>();
  final Map<K, Integer> timesSet = new TreeMap<>();

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
    new TreeSet<>(desired.keySet()).forEach(this::remove);
    values.forEach(this::set);
  }
}
