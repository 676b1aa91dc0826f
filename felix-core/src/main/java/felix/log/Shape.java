package felix.log;

/** What lines have in common that differ in numbers, addresses and the like. */
final class Shape {
  private static final int LONGEST = 300;

  private Shape() {}

  /** Severity, source and text, each word with a digit in it as a {@code #}. */
  static String of(LogLine line) {
    var shape = new StringBuilder();
    shape.append(line.severity()).append(line.source()).append(' ');
    String text = line.text();
    int end = Math.min(text.length(), LONGEST);
    int word = 0;
    boolean hasDigit = false;
    for (int i = 0; i <= end; i++) {
      boolean inWord = i < end && isWord(text.charAt(i));
      hasDigit |= inWord && Character.isDigit(text.charAt(i));
      if (!inWord) {
        if (hasDigit) {
          shape.append('#');
        } else {
          shape.append(text, word, i);
        }
        if (i < end) {
          shape.append(text.charAt(i));
        }
        word = i + 1;
        hasDigit = false;
      }
    }
    return shape.toString();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-' || c == '/' || c == ':';
  }
}
