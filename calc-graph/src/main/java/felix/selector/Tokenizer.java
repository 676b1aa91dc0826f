package felix.selector;

import felix.selector.Token.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a selector into tokens, one at a time. Words are no keywords: whether {@code in} is an
 * operator or a label depends on what stands before it.
 */
final class Tokenizer {
  private static final int MAX_LABEL_LENGTH = 512;

  private final String text;
  private int at;
  private @Nullable Kind last;

  Tokenizer(String text) {
    this.text = text;
  }

  /** The next token; {@link Kind#END} again and again once there is none. */
  Token next() {
    skipBlanks();
    Token token = read(at);
    last = token.kind();
    return token;
  }

  SelectorSyntaxException error(int position, String problem) {
    return new SelectorSyntaxException(text, position, problem);
  }

  private Token read(int start) {
    if (at == text.length()) {
      return new Token(Kind.END, "", start);
    }
    return switch (text.charAt(at)) {
      case '(' -> symbol(Kind.OPEN, "(");
      case ')' -> symbol(Kind.CLOSE, ")");
      case '{' -> symbol(Kind.OPEN_SET, "{");
      case '}' -> symbol(Kind.CLOSE_SET, "}");
      case ',' -> symbol(Kind.COMMA, ",");
      case '=' -> symbol(Kind.EQUAL, "==");
      case '&' -> symbol(Kind.AND, "&&");
      case '|' -> symbol(Kind.OR, "||");
      case '!' -> text.startsWith("!=", at) ? symbol(Kind.NOT_EQUAL, "!=") : symbol(Kind.NOT, "!");
      case '"', '\'' -> string(start);
      default -> last == Kind.LABEL ? operator(start) : operand(start);
    };
  }

  private Token symbol(Kind kind, String symbol) {
    int start = at;
    if (!text.startsWith(symbol, at)) {
      throw error(start, "expected " + symbol);
    }
    at += symbol.length();
    return new Token(kind, "", start);
  }

  private Token string(int start) {
    int end = text.indexOf(text.charAt(start), start + 1);
    if (end < 0) {
      throw error(start, "expected a closing quote for the string that begins here");
    }
    at = end + 1;
    String value = text.substring(start + 1, end);
    int bad = unpairedSurrogate(value);
    if (bad >= 0) {
      throw error(start + 1 + bad, "expected a character, found half of one");
    }
    return new Token(Kind.STRING, value, start);
  }

  private Token operator(int start) {
    if (skipWords("contains")) {
      return new Token(Kind.CONTAINS, "", start);
    }
    if (skipWords("starts", "with")) {
      return new Token(Kind.STARTS_WITH, "", start);
    }
    if (skipWords("ends", "with")) {
      return new Token(Kind.ENDS_WITH, "", start);
    }
    if (skipWords("not", "in")) {
      return new Token(Kind.NOT_IN, "", start);
    }
    if (skipWords("in")) {
      return new Token(Kind.IN, "", start);
    }
    throw error(start, "expected an operator after a label");
  }

  private Token operand(int start) {
    if (text.startsWith("has(", at)) {
      at += "has(".length();
      skipSpace();
      String label = label();
      return closed(new Token(Kind.HAS, label, start));
    }
    if (text.startsWith("all(", at)) {
      at += "all(".length();
      return closed(new Token(Kind.ALL, "", start));
    }
    if (text.startsWith("global(", at)) {
      at += "global(".length();
      return closed(new Token(Kind.GLOBAL, "", start));
    }
    return new Token(Kind.LABEL, label(), start);
  }

  private Token closed(Token token) {
    skipSpace();
    symbol(Kind.CLOSE, ")");
    return token;
  }

  private String label() {
    int start = at;
    while (at < text.length() && isLabelChar(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw error(start, "expected a label");
    }
    if (at - start > MAX_LABEL_LENGTH) {
      throw error(start, "expected a label of at most " + MAX_LABEL_LENGTH + " characters");
    }
    return text.substring(start, at);
  }

  /** Goes past the words, which any space or none may separate; else stays where it is. */
  private boolean skipWords(String... words) {
    int start = at;
    for (String word : words) {
      skipSpace();
      if (!text.startsWith(word, at)) {
        at = start;
        return false;
      }
      at += word.length();
    }
    if (at < text.length() && isLabelChar(text.charAt(at))) {
      at = start;
      return false;
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /** Inside of what v3.14 reads as one token, line ends count as blanks. */
  private void skipSpace() {
    while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isLabelChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '/'
        || c == '-';
  }

  /**
   * Where a surrogate stands alone, or -1. Such a text has no UTF-8 form, and two that differ would
   * get one ID.
   */
  private static int unpairedSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(value.codePointAt(i))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
