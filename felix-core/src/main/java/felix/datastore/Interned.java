package felix.datastore;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import felix.model.Labels;
import felix.model.RuleOrigin;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * One instance for equal values: the endpoints of a cluster have few different labels, hosts and
 * lists of profiles. Remembers what was seen lately only, so that it stays small where values do
 * not repeat. Any thread.
 */
final class Interned {
  private static final int MAX_VALUES = 20_000;

  /** Longer ones hardly repeat. */
  private static final int MAX_LENGTH = 128;

  /** Likewise, of all texts in a value together. */
  private static final int MAX_TOTAL_LENGTH = 2_000;

  private static final LoadingCache<String, String> TEXTS = cache();
  private static final LoadingCache<Labels, Labels> LABELS = cache();
  private static final LoadingCache<List<String>, List<String>> LISTS = cache();
  private static final LoadingCache<RuleOrigin.Side, RuleOrigin.Side> SIDES = cache();

  private Interned() {}

  static String text(String text) {
    return text.length() <= MAX_LENGTH ? TEXTS.get(text) : text;
  }

  static Labels labels(Labels labels) {
    var total = new LongAdder();
    labels.forEach((label, value) -> total.add((long) label.length() + value.length()));
    return total.sum() <= MAX_TOTAL_LENGTH ? LABELS.get(labels) : labels;
  }

  static List<String> list(List<String> list) {
    List<String> copy = List.copyOf(list);
    long total = copy.stream().mapToLong(String::length).sum();
    return total <= MAX_TOTAL_LENGTH ? LISTS.get(copy) : copy;
  }

  static RuleOrigin.Side side(RuleOrigin.Side side) {
    if (side.equals(RuleOrigin.Side.NONE)) {
      return RuleOrigin.Side.NONE;
    }
    int total =
        side.selector().length()
            + side.notSelector().length()
            + side.namespaceSelector().length()
            + side.serviceAccountSelector().length()
            + side.serviceAccountNames().stream().mapToInt(String::length).sum();
    return total <= MAX_TOTAL_LENGTH ? SIDES.get(side) : side;
  }

  private static <T> LoadingCache<T, T> cache() {
    return Caffeine.newBuilder()
        .maximumSize(MAX_VALUES)
        .executor(Runnable::run)
        .build(value -> value);
  }
}
