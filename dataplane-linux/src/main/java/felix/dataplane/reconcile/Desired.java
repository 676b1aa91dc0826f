package felix.dataplane.reconcile;

import java.util.Map;

/** The write-only face of what the kernel should hold: all that a manager sees of a driver. */
public interface Desired<K, V> {
  void set(K key, V value);

  /** Wants the key no more. Does nothing where it was not wanted. */
  void remove(K key);

  /** Wants just these. */
  void replaceAll(Map<K, V> values);
}
