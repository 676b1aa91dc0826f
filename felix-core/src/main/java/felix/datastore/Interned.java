package felix.datastore;

import felix.model.Labels;
import felix.model.RuleOrigin;
import java.util.List;

/**
 * One instance for equal values: the endpoints of a cluster have few different labels, hosts and
 * lists of profiles. Remembers what was seen lately only, so that it stays small where values do
 * not repeat. Any thread.
 */
final class Interned {
  /** Longer ones hardly repeat. */
  private static final int MAX_LENGTH = 128;

  /** Likewise, of all texts in a value together. */
  private static final int MAX_TOTAL_LENGTH = 2_000;

  private static final Recent<String> TEXTS = new Recent<>(1 << 15);
  private static final Recent<Labels> LABELS = new Recent<>(1 << 14);
  private static final Recent<List<String>> LISTS = new Recent<>(1 << 12);
  private static final Recent<RuleOrigin.Side> SIDES = new Recent<>(1 << 12);

  private Interned() {}

  static String text(String text) {
    return text.length() <= MAX_LENGTH ? TEXTS.instance(text) : text;
  }

  static Labels labels(Labels labels) {
    var total = new int[1];
    labels.forEach((label, value) -> total[0] += label.length() + value.length());
    return total[0] <= MAX_TOTAL_LENGTH ? LABELS.instance(labels) : labels;
  }

  static List<String> list(List<String> list) {
    List<String> copy = List.copyOf(list);
    return totalLength(copy) <= MAX_TOTAL_LENGTH ? LISTS.instance(copy) : copy;
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
            + totalLength(side.serviceAccountNames());
    return total <= MAX_TOTAL_LENGTH ? SIDES.instance(side) : side;
  }

  private static int totalLength(List<String> texts) {
    int total = 0;
    for (String text : texts) {
      total += text.length();
    }
    return total;
  }
}
