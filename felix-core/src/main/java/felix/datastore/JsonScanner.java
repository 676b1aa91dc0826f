package felix.datastore;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds the values of a JSON document (RFC 8259). Reads one and is done. */
final class JsonScanner {
  /** Resources need 8. */
  private static final int MAX_DEPTH = 50;

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_NAME_LENGTH = 50_000;

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  private final byte[] text;
  private final JsonDocument document;
  private int at;
  private int depth;
  private boolean ascii = true;

  JsonScanner(byte[] text) {
    this.text = text;
    this.document = new JsonDocument(text);
  }

  /**
   * The document; its root is node 0.
   *
   * @throws BadValueException if it is none
   */
  JsonDocument scan() {
    skipSpace();
    value();
    skipSpace();
    if (at < text.length) {
      throw bad("more than one value");
    }
    return document;
  }

  /** Whether there was nothing but ASCII; of anything else it was not seen whether it is UTF-8. */
  boolean isAscii() {
    return ascii;
  }

  private void value() {
    switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal(JsonKind.TRUE, TRUE);
      case 'f' -> literal(JsonKind.FALSE, FALSE);
      case 'n' -> literal(JsonKind.NULL, NULL);
      default -> number();
    }
  }

  private void object() {
    int node = open(JsonKind.OBJECT);
    int count = 0;
    while (goesOn('}', count)) {
      if (peek() != '"') {
        throw bad("expected a name");
      }
      int start = at;
      string();
      if (at - start > MAX_NAME_LENGTH) {
        throw bad("a name that is too long");
      }
      skipSpace();
      if (peek() != ':') {
        throw bad("expected ':'");
      }
      at++;
      skipSpace();
      value();
      count++;
    }
    close(node, count);
  }

  private void array() {
    int node = open(JsonKind.ARRAY);
    int count = 0;
    while (goesOn(']', count)) {
      value();
      count++;
    }
    close(node, count);
  }

  private int open(JsonKind kind) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw bad("too deep");
    }
    int node = document.add(kind, at);
    at++;
    return node;
  }

  private void close(int node, int count) {
    depth--;
    document.end(node, count);
  }

  /** Goes to the next element of a container, or over its end. */
  private boolean goesOn(char end, int count) {
    skipSpace();
    byte next = peek();
    if (next == end) {
      at++;
      return false;
    }
    if (count > 0) {
      if (next != ',') {
        throw bad("expected ',' or '" + end + "'");
      }
      at++;
      skipSpace();
    }
    return true;
  }

  private void string() {
    int start = at + 1;
    int end = start;
    boolean plain = true;
    boolean escaped = false;
    while (true) {
      if (end >= text.length) {
        at = end;
        throw bad("ends too soon");
      }
      byte next = text[end];
      if (next == '"') {
        break;
      }
      if (next == '\\') {
        int length = JsonEscapes.length(text, end);
        if (length == 0) {
          at = end;
          throw bad("a bad escape");
        }
        escaped = true;
        end += length;
      } else if (next >= ' ') {
        end++;
      } else if (next < 0) {
        plain = false;
        end++;
      } else {
        at = end;
        throw bad("a control character");
      }
    }
    ascii &= plain;
    JsonKind kind =
        escaped ? JsonKind.ESCAPED_STRING : plain ? JsonKind.PLAIN_STRING : JsonKind.UNICODE_STRING;
    document.end(document.add(kind, start), end);
    at = end + 1;
  }

  private void literal(JsonKind kind, byte[] word) {
    for (byte expected : word) {
      if (peek() != expected) {
        throw bad("neither true, false nor null");
      }
      at++;
    }
    document.end(document.add(kind, at - word.length), at);
  }

  private void number() {
    int start = at;
    boolean fraction = false;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      fraction = true;
      digits();
    }
    if (skip('e') || skip('E')) {
      fraction = true;
      if (!skip('-')) {
        skip('+');
      }
      digits();
    }
    if (at - start > MAX_NUMBER_LENGTH) {
      throw bad("a number that is too long");
    }
    document.end(document.add(fraction ? JsonKind.FRACTION : JsonKind.INTEGER, start), at);
  }

  private void digits() {
    int start = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw bad(at < text.length ? "expected a value" : "ends too soon");
    }
  }

  private boolean skip(char wanted) {
    boolean there = at < text.length && text[at] == wanted;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length) {
      byte next = text[at];
      if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
        return;
      }
      at++;
    }
  }

  private byte peek() {
    if (at >= text.length) {
      throw bad("ends too soon");
    }
    return text[at];
  }

  private BadValueException bad(String reason) {
    return new BadValueException("", "not JSON: " + reason + ", at byte " + at);
  }
}
