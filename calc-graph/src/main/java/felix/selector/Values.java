package felix.selector;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a set in a selector: sorted by their UTF-8 bytes, no two equal. */
final class Values {
  /** By code point, which is the order of the UTF-8 bytes but not that of Java's chars. */
  private static final Comparator<String> BY_CODE_POINT = Values::compare;

  private Values() {}

  static List<String> sorted(List<String> values) {
    return values.stream().sorted(BY_CODE_POINT).distinct().toList();
  }

  static boolean contains(List<String> sorted, @Nullable String value) {
    return value != null && Collections.binarySearch(sorted, value, BY_CODE_POINT) >= 0;
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for the code points above all other chars.
        boolean xHigh = Character.isSurrogate(x);
        return xHigh == Character.isSurrogate(y) ? Character.compare(x, y) : xHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
