package felix.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of felix.cfg: {@code name = value} or {@code name: value}, a section's name means
 * nothing, {@code #} and {@code ;} begin a comment wherever they stand outside quotes, and a
 * backslash at a value's end joins the next line to it.
 */
public final class IniFile {
  private static final List<String> QUOTES = List.of("\"\"\"", "\"", "'", "`");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> sectionOf = new HashMap<>();
  private final Set<String> repeated = new LinkedHashSet<>();
  private String section = "";

  private IniFile() {}

  /**
   * What a file holds.
   *
   * @param values by name as written; of several values of one name the last
   * @param repeated names that more than one section has, which looks like a mistake
   */
  public record Contents(Map<String, String> values, Set<String> repeated) {}

  /** A file that is no such text; the message names the line. */
  public static final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SyntaxException(int line, String what) {
      super("line %d: %s".formatted(line, what));
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws SyntaxException for a line that is neither section, comment, nor name and value
   */
  public static Contents parse(String text) {
    var file = new IniFile();
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      int first = at + 1;
      var line = new StringBuilder(lines.get(at).strip());
      while (isContinued(line) && hasValue(line) && at + 1 < lines.size()) {
        line.setLength(line.length() - 1);
        line.append(lines.get(++at).strip());
      }
      file.read(line.toString(), first);
    }
    return new Contents(file.values, file.repeated);
  }

  private static boolean hasValue(CharSequence line) {
    return !isComment(line.charAt(0)) && line.charAt(0) != '[';
  }

  private static boolean isContinued(CharSequence line) {
    return !line.isEmpty() && line.charAt(line.length() - 1) == '\\';
  }

  private void read(String line, int number) {
    if (line.isEmpty() || isComment(line.charAt(0))) {
      return;
    }
    if (line.charAt(0) == '[') {
      int end = line.indexOf(']');
      if (end < 0) {
        throw new SyntaxException(number, "a section without ]");
      }
      section = line.substring(1, end).strip();
      return;
    }
    int delimiter = indexOfAny(line, '=', ':');
    if (delimiter < 1) {
      throw new SyntaxException(number, "neither a section nor a name and a value");
    }
    String name = line.substring(0, delimiter).strip();
    String before = sectionOf.put(Settings.folded(name), section);
    if (before != null && !before.equals(section)) {
      repeated.add(name);
    }
    values.put(name, value(line.substring(delimiter + 1).strip()));
  }

  private static String value(String text) {
    for (String quote : QUOTES) {
      int end = text.startsWith(quote) ? text.indexOf(quote, quote.length()) : -1;
      if (end > 0) {
        return text.substring(quote.length(), end);
      }
    }
    int comment = indexOfAny(text, '#', ';');
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  private static int indexOfAny(String text, char one, char other) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == one || text.charAt(i) == other) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isComment(char c) {
    return c == '#' || c == ';';
  }
}
