package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What stands behind a backslash in a JSON string. */
final class JsonEscapes {
  private static final int HEX_DIGITS = 4;

  private JsonEscapes() {}

  /**
   * How many bytes an escape has.
   *
   * @param at of its backslash
   * @return 0 if it is none
   */
  static int length(byte[] text, int at) {
    if (at + 1 >= text.length) {
      return 0;
    }
    if (text[at + 1] != 'u') {
      return "\"\\/bfnrt".indexOf(text[at + 1]) < 0 ? 0 : 2;
    }
    if (at + 2 + HEX_DIGITS > text.length) {
      return 0;
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      if (hex(text[at + 2 + i]) < 0) {
        return 0;
      }
    }
    return 2 + HEX_DIGITS;
  }

  /** A string with escapes that are all good. */
  static String unescaped(byte[] text, int start, int end) {
    var out = new StringBuilder(end - start);
    int from = start;
    for (int at = start; at < end; ) {
      if (text[at] != '\\') {
        at++;
        continue;
      }
      out.append(new String(text, from, at - from, UTF_8)).append(character(text, at));
      at += length(text, at);
      from = at;
    }
    out.append(new String(text, from, end - from, UTF_8));
    return wellFormed(out);
  }

  private static char character(byte[] text, int at) {
    byte escaped = text[at + 1];
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
          code = code << 4 | hex(text[at + 2 + i]);
        }
        yield (char) code;
      }
      default -> (char) escaped;
    };
  }

  /** Half characters, which an escape can make, become U+FFFD, as Go reads them. */
  private static String wellFormed(StringBuilder text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int hex(byte digit) {
    return digit < 0 ? -1 : Character.digit(digit, 16);
  }
}
