package felix.log;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes of any text one that may be in a line. What the datastore or a peer says may be in it: it
 * cannot begin a line, or change a terminal, and has an end. No secret is in it, also if a library
 * put one into an exception.
 */
final class Scrubber {
  /** Longer ones are cut. A selector may be a megabyte. */
  static final int LONGEST = 8_192;

  /** Shorter ones would be found in words. They still have a type that does not show them. */
  private static final int SHORTEST_SECRET = 4;

  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@\"]*@");

  private final List<String> secrets;

  Scrubber(List<String> secrets) {
    this.secrets = secrets.stream().filter(secret -> secret.length() >= SHORTEST_SECRET).toList();
  }

  String scrub(String text) {
    String open = text;
    for (String secret : secrets) {
      open = open.replace(secret, "***");
    }
    if (open.contains("://") && open.indexOf('@') >= 0) {
      open = USER_INFO.matcher(open).replaceAll("://***@");
    }
    int more = open.length() - LONGEST;
    if (more <= 0) {
      return visible(open);
    }
    return visible(open.substring(0, LONGEST)) + "… (" + more + " characters more)";
  }

  private static String visible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isVisible(text, i)) {
        return escaped(text, i);
      }
    }
    return text;
  }

  private static String escaped(String text, int from) {
    var escaped = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isVisible(text, i)) {
        escaped.append(c);
      } else if (c == '\n') {
        escaped.append("\\n");
      } else if (c == '\r') {
        escaped.append("\\r");
      } else if (c == '\t') {
        escaped.append("\\t");
      } else {
        escaped.append("\\u").append("%04x".formatted((int) c));
      }
    }
    return escaped.toString();
  }

  /** Neither control, nor a mark of a line's end or of writing direction, nor half a character. */
  private static boolean isVisible(String text, int at) {
    char c = text.charAt(at);
    if (c >= ' ' && c < 0x7f) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      case Character.SURROGATE -> isPair(text, at);
      default -> true;
    };
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
