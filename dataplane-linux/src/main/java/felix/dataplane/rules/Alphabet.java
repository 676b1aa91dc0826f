package felix.dataplane.rules;

/** The ASCII letters and digits, and some characters more. */
final class Alphabet {
  private final boolean[] contained = new boolean[128];

  private Alphabet(String others) {
    add('a', 'z');
    add('A', 'Z');
    add('0', '9');
    others.chars().forEach(c -> contained[c] = true);
  }

  /** Letters, digits and these. */
  static Alphabet alphanumericAnd(String others) {
    return new Alphabet(others);
  }

  boolean contains(char c) {
    return c < contained.length && contained[c];
  }

  /** Whether a text has no other characters. */
  boolean spells(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!contains(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void add(char first, char last) {
    for (char c = first; c <= last; c++) {
      contained[c] = true;
    }
  }
}
