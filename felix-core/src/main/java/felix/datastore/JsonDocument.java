package felix.datastore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A JSON document: its bytes, and a list of where in them each value is. A container stands before
 * what is in it; in an object, names and values take turns. Strings are made of the bytes when they
 * are asked for: most of a resource is never looked at.
 *
 * <p>Filled by a {@link JsonScanner}, and not changed any more then.
 */
final class JsonDocument {
  /** In place of a node: there is none. */
  static final int NONE = -1;

  /** Ints a node: kind; first byte; byte behind it, or how many are in it; next node outside it. */
  private static final int INTS = 4;

  private static final int BYTES_A_NODE = 10;
  private static final JsonKind[] KINDS = JsonKind.values();

  private final byte[] text;
  private int[] nodes;
  private int size;

  JsonDocument(byte[] text) {
    this.text = text;
    this.nodes = new int[INTS * (4 + text.length / BYTES_A_NODE)];
  }

  /** Begins a node; returns it. */
  int add(JsonKind kind, int start) {
    int at = size * INTS;
    if (at == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * nodes.length);
    }
    nodes[at] = kind.ordinal();
    nodes[at + 1] = start;
    return size++;
  }

  /**
   * Ends a node; all that were begun after it are in it.
   *
   * @param end the byte behind it; of a container how many values are in it
   */
  void end(int node, int end) {
    nodes[node * INTS + 2] = end;
    nodes[node * INTS + 3] = size;
  }

  JsonKind kind(int node) {
    return node == NONE ? JsonKind.MISSING : KINDS[nodes[node * INTS]];
  }

  /** How many values a container holds. */
  int count(int container) {
    return nodes[container * INTS + 2];
  }

  /** The node after this one and all that is in it. */
  int after(int node) {
    return nodes[node * INTS + 3];
  }

  /** The value of a field; of several of one name the last. {@link #NONE} if there is none. */
  int field(int object, String name) {
    int found = NONE;
    int end = after(object);
    for (int at = object + 1; at < end; at = after(at + 1)) {
      if (is(at, name)) {
        found = at + 1;
      }
    }
    return found;
  }

  /** The characters of a string, of a number as it is written. */
  String string(int node) {
    int start = nodes[node * INTS + 1];
    int end = nodes[node * INTS + 2];
    return switch (kind(node)) {
      case UNICODE_STRING -> new String(text, start, end - start, UTF_8);
      case ESCAPED_STRING -> JsonEscapes.unescaped(text, start, end);
      default -> new String(text, start, end - start, ISO_8859_1);
    };
  }

  /** As {@link #string}, one instance for equal ones if that is likely to pay. */
  String internedString(int node) {
    return kind(node) == JsonKind.PLAIN_STRING
        ? Interned.text(text, nodes[node * INTS + 1], nodes[node * INTS + 2])
        : Interned.text(string(node));
  }

  boolean isEmptyString(int string) {
    return nodes[string * INTS + 1] == nodes[string * INTS + 2];
  }

  /** Whether a string is this one. */
  boolean is(int node, String wanted) {
    if (KINDS[nodes[node * INTS]] != JsonKind.PLAIN_STRING) {
      return string(node).equals(wanted);
    }
    int start = nodes[node * INTS + 1];
    int length = nodes[node * INTS + 2] - start;
    if (length != wanted.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text[start + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
