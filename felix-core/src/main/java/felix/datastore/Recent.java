package felix.datastore;

import org.jspecify.annotations.Nullable;

/**
 * Values seen lately. Each has two slots where it may be, by its hash, and the older one there goes
 * when another comes. Any thread, without a lock: at worst a value is not found, for a thread that
 * looks at a slot while another writes to it sees the old value or the new one, and values are
 * immutable.
 *
 * @param <T> their class; all its fields are final
 */
final class Recent<T> {
  private final @Nullable Object[] slots;

  /**
   * Remembers nothing yet.
   *
   * @param size how many at most; a power of two
   */
  Recent(int size) {
    this.slots = new @Nullable Object[size];
  }

  /** An equal value that was seen before, or this one, which has then been seen. */
  T instance(T value) {
    int slot = slot(value.hashCode());
    T newer = at(slot);
    if (value.equals(newer)) {
      return newer;
    }
    T older = at(slot ^ 1);
    if (value.equals(older)) {
      return older;
    }
    slots[slot ^ 1] = newer;
    slots[slot] = value;
    return value;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 16) & (slots.length - 1);
  }

  @SuppressWarnings("unchecked") // only instance() writes
  private @Nullable T at(int slot) {
    return (T) slots[slot];
  }
}
