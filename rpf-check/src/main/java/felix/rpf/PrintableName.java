package felix.rpf;

/** Interfaces may be called nearly anything, terminals' escape sequences too. */
final class PrintableName {
  private PrintableName() {}

  /** The name with everything but ASCII's visible characters as {@code \}{@code uXXXX}. */
  static String of(String name) {
    var text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > ' ' && c < 0x7f && c != '\\' && c != '`') {
        text.append(c);
      } else {
        text.append("\\u%04x".formatted((int) c));
      }
    }
    return text.toString();
  }
}
