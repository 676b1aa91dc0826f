package felix.calc.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many reasons there are for each element to exist. Cheap where most have just one. */
public final class RefCounts<E> {
  private final MatchSet<E> elements = new MatchSet<>();

  /** The reasons beyond the first; absent: none. */
  private final Map<E, Integer> more = new HashMap<>(0);

  /** Returns whether this is the first reason. */
  public boolean increment(E element) {
    if (elements.add(element)) {
      return true;
    }
    more.merge(element, 1, Integer::sum);
    return false;
  }

  /**
   * Returns whether that was the last reason.
   *
   * @throws IllegalStateException if there was none
   */
  public boolean decrement(E element) {
    Integer count = more.get(element);
    if (count != null) {
      if (count == 1) {
        more.remove(element);
      } else {
        more.put(element, count - 1);
      }
      return false;
    }
    if (!elements.remove(element)) {
      throw new IllegalStateException("no reference to take from " + element);
    }
    return true;
  }

  public boolean contains(E element) {
    return elements.contains(element);
  }

  /** How many have a reason. */
  public int size() {
    return elements.size();
  }

  /** All that have a reason, as they are now. */
  public List<E> toList() {
    return elements.toList();
  }
}
