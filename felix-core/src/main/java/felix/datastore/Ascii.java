package felix.datastore;

import java.util.Locale;

/** What letters and digits are, for names that are ASCII. */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isLetterOrDigit(int c) {
    return isLowerCase(c) || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static String toLowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String toUpperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
