package felix.calc.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many reasons there are for each element to exist. Cheap where most have just one: 12 to 24
 * bytes an element, in one table with linear probing that is at most two thirds full. The hashes
 * are kept, since the sets of a large cluster grow to many thousands of elements whose fields lie
 * anywhere in memory.
 */
public final class RefCounts<E> {
  private static final int LEAST_TABLE = 4;

  /** Null is a free place. As long as a power of two. */
  private @Nullable Object[] elements = new @Nullable Object[LEAST_TABLE];

  /** Those of the elements, in the same places. */
  private int[] hashes = new int[LEAST_TABLE];

  /** The reasons beyond the first, in the same places; null: there are none so far. */
  private int @Nullable [] more;

  private int size;

  /** Returns whether this is the first reason. */
  public boolean increment(E element) {
    int hash = element.hashCode();
    int at = find(element, hash);
    if (elements[at] != null) {
      if (more == null) {
        more = new int[elements.length];
      }
      more[at]++;
      return false;
    }
    if (3 * (size + 1) > 2 * elements.length) {
      resize(2 * elements.length);
      at = find(element, hash);
    }
    elements[at] = element;
    hashes[at] = hash;
    size++;
    return true;
  }

  /**
   * Returns whether that was the last reason.
   *
   * @throws IllegalStateException if there was none
   */
  public boolean decrement(E element) {
    int at = find(element, element.hashCode());
    if (elements[at] == null) {
      throw new IllegalStateException("no reference to take from " + element);
    }
    if (more != null && more[at] > 0) {
      more[at]--;
      return false;
    }
    closeGap(at);
    size--;
    if (elements.length > LEAST_TABLE && 8 * size < elements.length) {
      resize(elements.length / 4);
    }
    return true;
  }

  public boolean contains(E element) {
    return elements[find(element, element.hashCode())] != null;
  }

  /** How many have a reason. */
  public int size() {
    return size;
  }

  /** All that have a reason, as they are now. */
  public List<E> toList() {
    var list = new ArrayList<E>(size);
    for (Object element : elements) {
      if (element != null) {
        list.add(cast(element));
      }
    }
    return list;
  }

  @Override
  public String toString() {
    return toList().toString();
  }

  /** Where the element is, or else the free place that it would take. */
  private int find(Object element, int hash) {
    int at = home(hash);
    while (elements[at] != null && !(hashes[at] == hash && element.equals(elements[at]))) {
      at = (at + 1) & (elements.length - 1);
    }
    return at;
  }

  /** Fibonacci hashing: the upper bits of the product depend on all bits of the hash. */
  private int home(int hash) {
    return (hash * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(elements.length) + 1);
  }

  /** Moves later elements of the run up, as far as none comes to stand before its home. */
  private void closeGap(int from) {
    int mask = elements.length - 1;
    int gap = from;
    int next = from;
    while (true) {
      next = (next + 1) & mask;
      if (elements[next] == null) {
        elements[gap] = null;
        set(more, gap, 0);
        return;
      }
      int distanceFromHome = (next - home(hashes[next])) & mask;
      int distanceFromGap = (next - gap) & mask;
      if (distanceFromHome >= distanceFromGap) {
        elements[gap] = elements[next];
        hashes[gap] = hashes[next];
        set(more, gap, get(more, next));
        gap = next;
      }
    }
  }

  private void resize(int length) {
    @Nullable Object[] elementsBefore = elements;
    int[] hashesBefore = hashes;
    int @Nullable [] moreBefore = more;
    elements = new @Nullable Object[length];
    hashes = new int[length];
    more = moreBefore == null ? null : new int[length];
    for (int i = 0; i < elementsBefore.length; i++) {
      if (elementsBefore[i] != null) {
        int at = home(hashesBefore[i]);
        while (elements[at] != null) {
          at = (at + 1) & (length - 1);
        }
        elements[at] = elementsBefore[i];
        hashes[at] = hashesBefore[i];
        set(more, at, get(moreBefore, i));
      }
    }
  }

  private static int get(int @Nullable [] counts, int at) {
    return counts == null ? 0 : counts[at];
  }

  private static void set(int @Nullable [] counts, int at, int count) {
    if (counts != null) {
      counts[at] = count;
    }
  }

  @SuppressWarnings("unchecked") // only elements are ever put in
  private E cast(Object element) {
    return (E) element;
  }
}
