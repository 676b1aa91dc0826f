package felix.selector;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/** Trees of the texts parsed lately: a cluster's rules repeat a few selectors many times. */
final class ParseCache {
  /** In characters of selector text. */
  private static final int MAX_WEIGHT = 4 << 20;

  /** What a tree costs beside its text. */
  private static final int ENTRY_WEIGHT = 64;

  private static final LoadingCache<String, Selector> CACHE =
      Caffeine.newBuilder()
          .maximumWeight(MAX_WEIGHT)
          .weigher((String text, Selector selector) -> text.length() + ENTRY_WEIGHT)
          .executor(Runnable::run)
          .build(text -> new Parser(text).parse());

  private ParseCache() {}

  static Selector parse(String text) {
    return CACHE.get(text);
  }

  static void forget() {
    CACHE.invalidateAll();
  }
}
