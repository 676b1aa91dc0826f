package felix.datastore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

  /** Likewise, of a text that is still ASCII in an array; no other is made if there is one. */
  static String text(byte[] ascii, int start, int end) {
    if (end - start > MAX_LENGTH) {
      return new String(ascii, start, end - start, ISO_8859_1);
    }
    int hash = 0; // String's own
    for (int i = start; i < end; i++) {
      hash = 31 * hash + ascii[i];
    }
    String known = TEXTS.find(hash, text -> isAt(text, ascii, start, end));
    return known != null
        ? known
        : TEXTS.instance(new String(ascii, start, end - start, ISO_8859_1));
  }

  private static boolean isAt(String text, byte[] ascii, int start, int end) {
    int length = end - start;
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != ascii[start + i]) {
        return false;
      }
    }
    return true;
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
