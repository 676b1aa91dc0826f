package felix.rpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Single values of felix.cfg, read as the agent reads them, whose reader this module must not
 * depend on: a test of the agent compares the two.
 */
public final class FelixCfg {
  private static final List<String> QUOTES = List.of("\"\"\"", "\"", "'", "`");

  private FelixCfg() {}

  /**
   * The values by name, whatever its case.
   *
   * @return nothing if there is no such file
   * @throws IOException if it cannot be read, or is no such file
   */
  static Map<String, String> read(Path file) throws IOException {
    try {
      return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  /**
   * The values of a text, by names in small letters.
   *
   * @throws IOException for a line that is neither section, comment, nor name and value
   */
  public static Map<String, String> parse(String text) throws IOException {
    var values = new TreeMap<String, String>();
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      int number = at + 1;
      String line = lines.get(at).strip();
      while (isContinued(line) && at + 1 < lines.size()) {
        at++;
        line = line.substring(0, line.length() - 1) + lines.get(at).strip();
      }
      if (line.isEmpty() || isComment(line.charAt(0))) {
        continue;
      }
      if (line.charAt(0) == '[') {
        check(line.indexOf(']') > 0, number);
        continue;
      }
      int delimiter = firstOf(line, '=', ':');
      check(delimiter > 0, number);
      String name = line.substring(0, delimiter).strip().toLowerCase(Locale.ROOT);
      values.put(name, value(line.substring(delimiter + 1).strip()));
    }
    return values;
  }

  private static void check(boolean isSo, int number) throws IOException {
    if (!isSo) {
      throw new IOException("line " + number + " is neither a section nor a name and a value");
    }
  }

  private static String value(String text) {
    for (String quote : QUOTES) {
      int end = text.startsWith(quote) ? text.indexOf(quote, quote.length()) : -1;
      if (end > 0) {
        return text.substring(quote.length(), end);
      }
    }
    int comment = firstOf(text, '#', ';');
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  private static int firstOf(String text, char one, char other) {
    int first = text.indexOf(one);
    int second = text.indexOf(other);
    return first < 0 || (second >= 0 && second < first) ? second : first;
  }

  /** Comments and sections are not. */
  private static boolean isContinued(String line) {
    return line.endsWith("\\") && !isComment(line.charAt(0)) && line.charAt(0) != '[';
  }

  private static boolean isComment(char c) {
    return c == '#' || c == ';';
  }
}
