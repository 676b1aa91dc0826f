package felix.delta;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Elements in the order in which they came, to be found by their keys. The first delta of a large
 * cluster holds hundreds of thousands of them: an element costs 16 to 32 bytes here, about 50 in a
 * {@link java.util.LinkedHashMap}. Must not be changed while it is iterated over.
 */
final class KeyedList<K, E> extends AbstractCollection<E> {
  private static final int LEAST = 4;

  private final Function<? super E, ? extends K> keyOf;

  /** In order; null where one was removed, and from {@link #end} on. */
  private @Nullable Object[] elements = new @Nullable Object[0];

  /** The hashes of their keys, so that other keys are told apart without a look at them. */
  private int[] hashes = new int[0];

  private int end;
  private int size;

  /**
   * Where in {@link #elements} they are, plus one, by the hashes of their keys with linear probing;
   * zero is free. Twice as long as that array.
   */
  private int[] places = new int[0];

  KeyedList(Function<? super E, ? extends K> keyOf) {
    this.keyOf = keyOf;
  }

  @Nullable E get(Object key) {
    return size == 0 ? null : at(places[find(key, key.hashCode())]);
  }

  /** Adds it at the end, or in the place of the one that has its key. */
  void put(E element) {
    K key = keyOf.apply(element);
    int hash = key.hashCode();
    int place = elements.length == 0 ? 0 : find(key, hash);
    if (elements.length != 0 && places[place] != 0) {
      elements[places[place] - 1] = element;
      return;
    }
    if (end == elements.length) {
      makeRoom();
      place = find(key, hash);
    }
    hashes[end] = hash;
    elements[end++] = element;
    places[place] = end;
    size++;
  }

  /** Returns whether there was one with this key. */
  boolean removeKey(Object key) {
    if (size == 0) {
      return false;
    }
    int place = find(key, key.hashCode());
    int at = places[place];
    if (at == 0) {
      return false;
    }
    closeGap(place);
    elements[at - 1] = null;
    size--;
    return true;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<E> iterator() {
    return new Iterator<>() {
      private int next = skip(0);

      @Override
      public boolean hasNext() {
        return next < end;
      }

      @Override
      public E next() {
        if (next >= end) {
          throw new NoSuchElementException();
        }
        E element = at(next + 1);
        next = skip(next + 1);
        if (element == null) {
          throw new NoSuchElementException();
        }
        return element;
      }
    };
  }

  private int skip(int from) {
    int at = from;
    while (at < end && elements[at] == null) {
      at++;
    }
    return at;
  }

  @SuppressWarnings("unchecked") // only elements are ever put in
  private @Nullable E at(int place) {
    return place == 0 ? null : (E) elements[place - 1];
  }

  /** Where the key is, or else the free place that it would take. */
  private int find(Object key, int hash) {
    int mask = places.length - 1;
    int at = home(hash);
    while (places[at] != 0 && !isAt(places[at] - 1, key, hash)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private boolean isAt(int index, Object key, int hash) {
    E element = at(index + 1);
    return hashes[index] == hash && element != null && key.equals(keyOf.apply(element));
  }

  /** Where many were removed, closing the gaps is enough. */
  private void makeRoom() {
    rebuild(Math.max(LEAST, 4 * size > 3 * end ? 2 * end : end));
  }

  /** Fibonacci hashing: the upper bits of the product depend on all bits of the hash. */
  private int home(int hash) {
    return (hash * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(places.length) + 1);
  }

  private void rebuild(int capacity) {
    @Nullable Object[] elementsBefore = elements;
    int[] hashesBefore = hashes;
    int endBefore = end;
    elements = new @Nullable Object[capacity];
    hashes = new int[capacity];
    places = new int[2 * capacity];
    end = 0;
    for (int i = 0; i < endBefore; i++) {
      if (elementsBefore[i] != null) {
        hashes[end] = hashesBefore[i];
        elements[end++] = elementsBefore[i];
        int at = home(hashesBefore[i]);
        while (places[at] != 0) {
          at = (at + 1) & (places.length - 1);
        }
        places[at] = end;
      }
    }
  }

  /** Moves later places of the run up, as far as none comes to stand before its home. */
  private void closeGap(int from) {
    int mask = places.length - 1;
    int gap = from;
    int next = from;
    while (true) {
      next = (next + 1) & mask;
      if (places[next] == 0) {
        places[gap] = 0;
        return;
      }
      int distanceFromHome = (next - home(hashes[places[next] - 1])) & mask;
      int distanceFromGap = (next - gap) & mask;
      if (distanceFromHome >= distanceFromGap) {
        places[gap] = places[next];
        gap = next;
      }
    }
  }
}
