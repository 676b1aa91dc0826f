package felix.calc.index;

/**
 * Is told what changed between selectors and items. Must not change the index meanwhile.
 *
 * @param <S> names a selector
 * @param <K> names an item
 * @param <V> an item
 */
public interface MatchListener<S, K, V> {
  void started(S selector, K key, V value);

  /** An item does not match any more, or is gone. The value is what it was when it did match. */
  void stopped(S selector, K key, V value);

  /** It matched before and does so now, but the item is another. */
  void changed(S selector, K key, V before, V after);
}
