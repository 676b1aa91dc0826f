package felix.model;

/** Makes any text fit to stand in a message: no control characters, not too long. */
public final class Shown {
  private static final int MAX = 80;

  private Shown() {}

  /**
   * The text itself if it is short and printable ASCII; else cut to 80 characters, the others as
   * '?'.
   */
  public static String of(String text) {
    return of(text, MAX);
  }

  /** The same with another limit. */
  public static String of(String text, int max) {
    var out = new StringBuilder(Math.min(text.length(), max) + 3);
    for (int i = 0; i < text.length() && i < max; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 127 ? c : '?');
    }
    return text.length() > max ? out.append("...").toString() : out.toString();
  }
}
