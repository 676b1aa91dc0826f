package felix.delta;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The net changes of a batch: at most one a key, in the order in which the keys first changed. A
 * change back to where it began vanishes.
 */
public final class Changes<K, V> implements Iterable<Change<K, V>> {
  private final KeyedList<K, Change<K, V>> byKey = new KeyedList<>(Change::key);

  /**
   * Adds a step from {@code before} to {@code after}. Where the key has changed already, {@code
   * before} must be what it changed to.
   */
  public void record(K key, @Nullable V before, @Nullable V after) {
    Change<K, V> earlier = byKey.get(key);
    V start = earlier == null ? before : earlier.before();
    if (Objects.equals(start, after)) {
      byKey.removeKey(key);
    } else {
      byKey.put(new Change<>(key, start, after));
    }
  }

  /** Adds changes that came after these, so that the two are one. */
  public void mergeLater(Changes<K, V> later) {
    for (var change : later) {
      record(change.key(), change.before(), change.after());
    }
  }

  public @Nullable Change<K, V> get(K key) {
    return byKey.get(key);
  }

  public Set<K> keys() {
    return new Keys();
  }

  public Collection<Change<K, V>> all() {
    return Collections.unmodifiableCollection(byKey);
  }

  public boolean isEmpty() {
    return byKey.isEmpty();
  }

  public int size() {
    return byKey.size();
  }

  /** Brings a map that holds the state before to the state after. */
  public void applyTo(Map<K, V> state) {
    for (var change : this) {
      V after = change.after();
      if (after == null) {
        state.remove(change.key());
      } else {
        state.put(change.key(), after);
      }
    }
  }

  @Override
  public Iterator<Change<K, V>> iterator() {
    return byKey.iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Changes<?, ?> changes
        && changes.size() == size()
        && changes.byKey.stream().allMatch(change -> change.equals(byKey.get(change.key())));
  }

  /** Whatever the order, as it is with {@link #equals}. */
  @Override
  public int hashCode() {
    return byKey.stream().mapToInt(Change::hashCode).sum();
  }

  @Override
  public String toString() {
    return byKey.toString();
  }

  /** A view. */
  private final class Keys extends AbstractSet<K> {
    @Override
    public boolean contains(@Nullable Object key) {
      return key != null && byKey.get(key) != null;
    }

    @Override
    public int size() {
      return byKey.size();
    }

    @Override
    public Iterator<K> iterator() {
      Iterator<Change<K, V>> changes = byKey.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return changes.hasNext();
        }

        @Override
        public K next() {
          return changes.next().key();
        }
      };
    }
  }
}
