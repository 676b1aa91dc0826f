package felix.count;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** A number that only grows for each constant of an enum. Any thread. */
public final class Counts<E extends Enum<E>> {
  /** Not changed once it is made. */
  private final Map<E, Count> byKind;

  public Counts(Class<E> type) {
    byKind = new EnumMap<>(type);
    for (E kind : type.getEnumConstants()) {
      byKind.put(kind, new Count());
    }
  }

  public void increment(E kind) {
    of(kind).increment();
  }

  public void add(E kind, long more) {
    of(kind).add(more);
  }

  public long get(E kind) {
    return of(kind).get();
  }

  /** Of all kinds together. */
  public long sum() {
    return byKind.values().stream().mapToLong(Count::get).sum();
  }

  /** All that are counted, also those that never came. */
  public Set<E> kinds() {
    return byKind.keySet();
  }

  private Count of(E kind) {
    return requireNonNull(byKind.get(kind));
  }
}
