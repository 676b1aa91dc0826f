package felix.delta;

import java.util.AbstractSet;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A set in the order of arrival, as small as a {@link KeyedList}. */
final class CompactSet<E> extends AbstractSet<E> {
  private final KeyedList<E, E> elements = new KeyedList<>(element -> element);

  @Override
  public boolean add(E element) {
    int before = elements.size();
    elements.put(element);
    return elements.size() > before;
  }

  @Override
  public boolean remove(@Nullable Object element) {
    return element != null && elements.removeKey(element);
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return element != null && elements.get(element) != null;
  }

  @Override
  public Iterator<E> iterator() {
    return elements.iterator();
  }

  @Override
  public int size() {
    return elements.size();
  }
}
