package felix.log;

import java.util.List;

/**
 * Something that was logged, as text: whoever writes it later needs nothing of what it speaks of.
 *
 * @param epochMillis when
 * @param source the last part of the logger's name
 * @param text one line
 * @param stack the exception's lines; mostly none
 */
record LogLine(
    long epochMillis,
    Severity severity,
    String thread,
    String source,
    String text,
    List<String> stack) {
  /** What is around the text. */
  private static final int AROUND = 64;

  /** An own line about the log itself. */
  static LogLine own(Severity severity, String text) {
    return new LogLine(System.currentTimeMillis(), severity, "log", "Log", text, List.of());
  }

  /** The same with something added, and no stack. */
  LogLine with(String more) {
    return new LogLine(epochMillis, severity, thread, source, text + more, List.of());
  }

  /** About how many bytes it will be. */
  int bytes() {
    int sum = AROUND + utf8(text);
    for (String line : stack) {
      sum += 1 + utf8(line);
    }
    return sum;
  }

  private static int utf8(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
    }
    return bytes;
  }
}
