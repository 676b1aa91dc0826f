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

  /** Whether there is nothing in it but letters, digits, dots, dashes and underscores. */
  static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  static String toLowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String toUpperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
