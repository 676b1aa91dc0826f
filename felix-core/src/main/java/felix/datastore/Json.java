package felix.datastore;

import felix.model.Labels;
import felix.model.Shown;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document: what is there, and where that is. As for Go's reader, null is the
 * same as nothing. All readers throw {@link BadValueException} if something else is there. One
 * thread.
 */
final class Json {
  private static final int NO_INDEX = -1;

  /** A number that is shorter surely fits into an int. */
  private static final int MANY_DIGITS = 10;

  private final JsonDocument document;
  private final int node;
  private final JsonKind kind;
  private final @Nullable Json parent;

  /** The name of the field; empty if this is an element, or the root. */
  private final String name;

  /** Of an element of an array. */
  private final int index;

  /** The nodes of an array's elements, once they were asked for. */
  private int @Nullable [] elements;

  private Json(JsonDocument document, int node, @Nullable Json parent, String name, int index) {
    this.document = document;
    this.node = node;
    this.kind = document.kind(node);
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  static Json root(JsonDocument document) {
    return new Json(document, 0, null, "", NO_INDEX);
  }

  /** A field of an object; absent if there is no object. */
  Json get(String field) {
    if (kind == JsonKind.OBJECT) {
      return child(document.field(node, field), field);
    }
    if (isPresent()) {
      throw bad("expected an object, found " + shown());
    }
    return child(JsonDocument.NONE, field);
  }

  boolean isPresent() {
    return kind != JsonKind.MISSING && kind != JsonKind.NULL;
  }

  boolean isObject() {
    return kind == JsonKind.OBJECT;
  }

  boolean isArray() {
    return kind == JsonKind.ARRAY;
  }

  /** The elements of an array; none if there is no array. */
  List<Json> items() {
    int size = size();
    if (size == 0) {
      return List.of();
    }
    var items = new ArrayList<Json>(size);
    int at = node + 1;
    for (int i = 0; i < size; i++) {
      items.add(new Json(document, at, this, "", i));
      at = document.after(at);
    }
    return items;
  }

  /** How many elements an array has; 0 if there is no array. */
  int size() {
    if (kind == JsonKind.ARRAY) {
      return document.count(node);
    }
    if (isPresent()) {
      throw bad("expected an array, found " + shown());
    }
    return 0;
  }

  /** One element of an array: for whoever does not need them all. */
  Json item(int index) {
    int[] all = elements();
    int at = index >= 0 && index < all.length ? all[index] : JsonDocument.NONE;
    return new Json(document, at, this, "", index);
  }

  private int[] elements() {
    if (elements == null) {
      elements = new int[kind == JsonKind.ARRAY ? document.count(node) : 0];
      int at = node + 1;
      for (int i = 0; i < elements.length; i++) {
        elements[i] = at;
        at = document.after(at);
      }
    }
    return elements;
  }

  /** Goes over an object whose fields have no fixed names. Of two of one name the last counts. */
  void forEachField(BiConsumer<String, Json> action) {
    if (!isPresent()) {
      return;
    }
    requireObject();
    int end = document.after(node);
    var fields = new LinkedHashMap<String, Json>();
    for (int at = node + 1; at < end; at = document.after(at + 1)) {
      String field = document.internedString(at);
      fields.put(field, child(at + 1, field));
    }
    fields.forEach(action);
  }

  private void requireObject() {
    if (!isObject()) {
      throw bad("expected an object, found " + shown());
    }
  }

  private Json child(int childNode, String field) {
    return new Json(document, childNode, this, field, NO_INDEX);
  }

  /** The string here, or this if there is nothing. */
  String textOr(String ifAbsent) {
    return isPresent() ? text() : ifAbsent;
  }

  /** The string here. */
  String text() {
    requireText();
    return document.string(node);
  }

  /** The string here, one that many resources have. */
  String internedText() {
    requireText();
    return document.internedString(node);
  }

  /** Whether there is a string that is not empty; only a string may be here. */
  boolean hasText() {
    if (!isPresent()) {
      return false;
    }
    requireText();
    return !document.isEmptyString(node);
  }

  /** Whether it is this string. */
  boolean is(String text) {
    return kind.isString() && document.is(node, text);
  }

  private void requireText() {
    if (!kind.isString()) {
      throw bad(isPresent() ? "expected a string, found " + shown() : "missing");
    }
  }

  boolean isTrue() {
    if (isPresent() && kind != JsonKind.TRUE && kind != JsonKind.FALSE) {
      throw bad("expected true or false, found " + shown());
    }
    return kind == JsonKind.TRUE;
  }

  boolean isInteger() {
    return kind == JsonKind.INTEGER;
  }

  boolean isTextual() {
    return kind.isString();
  }

  /** A string, a number, true or false, as text. */
  String scalar() {
    if (isObject() || isArray() || !isPresent()) {
      throw bad("expected a string or a number, found " + shown());
    }
    return plain();
  }

  /** The integer here, or this if there is something else. */
  int integerOr(int ifNot) {
    Integer value = integerOrNull();
    return value == null ? ifNot : value;
  }

  int integer(int min, int max) {
    Integer value = integerOrNull();
    if (value == null) {
      throw bad(isPresent() ? "expected an integer, found " + shown() : "missing");
    }
    if (value < min || value > max) {
      throw bad("expected " + min + " to " + max + ", found " + value);
    }
    return value;
  }

  @Nullable Integer integerOrNull(int min, int max) {
    return isPresent() ? integer(min, max) : null;
  }

  /** Null if there is something else, or one that does not fit. */
  private @Nullable Integer integerOrNull() {
    if (!isInteger()) {
      return null;
    }
    String written = document.string(node);
    if (written.length() < MANY_DIGITS) {
      return Integer.valueOf(written);
    }
    var value = new BigInteger(written);
    return value.bitLength() < Integer.SIZE ? (Integer) value.intValue() : null;
  }

  @Nullable Double numberOrNull() {
    if (!isPresent()) {
      return null;
    }
    double value = kind.isNumber() ? Double.parseDouble(document.string(node)) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw bad("expected a number, found " + shown());
    }
    return value;
  }

  /** The string here as the parser reads it; what it objects to becomes the reason. */
  <T> T parsed(Function<String, T> parser) {
    String text = text();
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /** The strings of an array, each as the parser reads it. */
  <T> List<T> parsedItems(Function<String, T> parser) {
    List<Json> items = items();
    if (items.isEmpty()) {
      return List.of();
    }
    var parsed = new ArrayList<T>(items.size());
    for (Json item : items) {
      parsed.add(item.parsed(parser));
    }
    return List.copyOf(parsed);
  }

  /** An object of strings. */
  Map<String, String> texts() {
    var texts = new TreeMap<String, String>();
    if (!isPresent()) {
      return texts;
    }
    requireObject();
    int end = document.after(node);
    for (int at = node + 1; at < end; at = document.after(at + 1)) {
      String field = document.internedString(at);
      // Of two of one name the last counts, and what the first one is does not matter.
      if (document.kind(at + 1).isString()) {
        texts.put(field, document.internedString(at + 1));
      } else if (document.field(node, field) == at + 1) {
        texts.put(field, child(at + 1, field).textOr(""));
      }
    }
    return texts;
  }

  Labels labels() {
    return Labels.of(texts());
  }

  /** What is here, short enough for a message. */
  String shown() {
    return switch (kind) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case MISSING -> "nothing";
      case PLAIN_STRING, UNICODE_STRING, ESCAPED_STRING ->
          "'" + Shown.of(document.string(node)) + "'";
      case INTEGER, FRACTION, TRUE, FALSE, NULL -> Shown.of(plain());
    };
  }

  /** What is here, as text; numbers in one form, however they are written. */
  private String plain() {
    String written = document.string(node);
    return switch (kind) {
      case INTEGER -> new BigInteger(written).toString();
      case FRACTION -> Double.toString(Double.parseDouble(written));
      default -> written;
    };
  }

  BadValueException bad(String reason) {
    return new BadValueException(path(), reason);
  }

  private String path() {
    var path = new StringBuilder();
    appendPath(path);
    return path.toString();
  }

  private void appendPath(StringBuilder out) {
    if (parent == null) {
      return;
    }
    parent.appendPath(out);
    if (index != NO_INDEX) {
      out.append('[').append(index).append(']');
      return;
    }
    if (!out.isEmpty()) {
      out.append('.');
    }
    out.append(Shown.of(name));
  }
}
