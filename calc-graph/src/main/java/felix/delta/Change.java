package felix.delta;

import org.jspecify.annotations.Nullable;

/**
 * A key's value before and after. Null means that there was, or is, none; the two are never equal.
 */
public record Change<K, V>(K key, @Nullable V before, @Nullable V after) {
  public boolean isAdd() {
    return before == null;
  }

  public boolean isRemoval() {
    return after == null;
  }
}
