package felix.datastore;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import felix.model.Labels;
import java.util.List;

/**
 * One instance for equal values: the endpoints of a cluster have few different labels, hosts and
 * lists of profiles. Remembers what was seen lately only, so that it stays small where values do
 * not repeat. Any thread.
 */
final class Interned {
  private static final int MAX_VALUES = 20_000;

  /** Longer ones hardly repeat. */
  private static final int MAX_LENGTH = 128;

  private static final LoadingCache<String, String> TEXTS = cache();
  private static final LoadingCache<Labels, Labels> LABELS = cache();
  private static final LoadingCache<List<String>, List<String>> LISTS = cache();

  private Interned() {}

  static String text(String text) {
    return text.length() <= MAX_LENGTH ? TEXTS.get(text) : text;
  }

  static Labels labels(Labels labels) {
    return LABELS.get(labels);
  }

  static List<String> list(List<String> list) {
    return LISTS.get(List.copyOf(list));
  }

  private static <T> LoadingCache<T, T> cache() {
    return Caffeine.newBuilder()
        .maximumSize(MAX_VALUES)
        .executor(Runnable::run)
        .build(value -> value);
  }
}
