package felix.calc.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small set: there are hundreds of thousands of them, and most hold one element. One element is
 * kept without a table; more are in one array with linear probing, at most two thirds full. An
 * element costs 6 to 12 bytes, in a {@link java.util.HashSet} about 40. No order. Must not be
 * changed from within {@link #forEach}.
 */
public final class MatchSet<E> {
  private static final int LEAST_TABLE = 4;

  /** Null: empty; an {@code Object[]}: the table; else the one element. */
  private @Nullable Object content;

  private int size;

  /** Returns whether it was not there before. */
  public boolean add(E element) {
    Object present = content;
    if (present == null) {
      content = element;
      size = 1;
      return true;
    }
    if (!(present instanceof Object[]) && present.equals(element)) {
      return false;
    }
    @Nullable Object[] table = present instanceof Object[] full ? full : tableOf(present);
    int at = find(table, element);
    if (table[at] != null) {
      return false;
    }
    size++;
    if (3 * size > 2 * table.length) {
      table = resized(table, 2 * table.length);
      insert(table, element);
    } else {
      table[at] = element;
    }
    content = table;
    return true;
  }

  /** Returns whether it was there. */
  public boolean remove(E element) {
    if (!(content instanceof Object[] table)) {
      if (content == null || !content.equals(element)) {
        return false;
      }
      content = null;
      size = 0;
      return true;
    }
    int at = find(table, element);
    if (table[at] == null) {
      return false;
    }
    closeGap(table, at);
    size--;
    shrink(table);
    return true;
  }

  public boolean contains(E element) {
    if (content instanceof Object[] table) {
      return table[find(table, element)] != null;
    }
    return content != null && content.equals(element);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void forEach(Consumer<? super E> action) {
    if (content instanceof Object[] table) {
      for (Object element : table) {
        if (element != null) {
          action.accept(cast(element));
        }
      }
    } else if (content != null) {
      action.accept(cast(content));
    }
  }

  /** The elements as they are now. */
  public List<E> toList() {
    var list = new ArrayList<E>(size);
    forEach(list::add);
    return list;
  }

  @Override
  public String toString() {
    return toList().toString();
  }

  /** Where the element is, or else the free place that it would take. */
  private static int find(@Nullable Object[] table, Object element) {
    int at = home(table, element);
    while (true) {
      Object there = table[at];
      if (there == null || there.equals(element)) {
        return at;
      }
      at = (at + 1) & (table.length - 1);
    }
  }

  /** Puts in what is not there. */
  private static void insert(@Nullable Object[] table, Object element) {
    int at = home(table, element);
    while (table[at] != null) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = element;
  }

  /** Fibonacci hashing: the upper bits of the product depend on all bits of the hash. */
  private static int home(@Nullable Object[] table, Object element) {
    return (element.hashCode() * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(table.length) + 1);
  }

  /** Moves later elements of the run up, as far as none comes to stand before its home. */
  private static void closeGap(@Nullable Object[] table, int at) {
    int mask = table.length - 1;
    int gap = at;
    int next = at;
    while (true) {
      next = (next + 1) & mask;
      Object element = table[next];
      if (element == null) {
        table[gap] = null;
        return;
      }
      int distanceFromHome = (next - home(table, element)) & mask;
      int distanceFromGap = (next - gap) & mask;
      if (distanceFromHome >= distanceFromGap) {
        table[gap] = element;
        gap = next;
      }
    }
  }

  private static @Nullable Object[] tableOf(Object element) {
    var table = new @Nullable Object[LEAST_TABLE];
    insert(table, element);
    return table;
  }

  private void shrink(@Nullable Object[] table) {
    if (size == 1) {
      for (Object element : table) {
        if (element != null) {
          content = element;
        }
      }
    } else if (table.length > LEAST_TABLE && 8 * size < table.length) {
      content = resized(table, table.length / 4);
    }
  }

  private static @Nullable Object[] resized(@Nullable Object[] table, int length) {
    var resized = new @Nullable Object[length];
    for (Object element : table) {
      if (element != null) {
        insert(resized, element);
      }
    }
    return resized;
  }

  @SuppressWarnings("unchecked") // only elements are ever put in
  private E cast(Object element) {
    return (E) element;
  }
}
