package felix.datastore;

import com.fasterxml.jackson.databind.JsonNode;
import felix.model.Labels;
import felix.model.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document: what is there, and where that is. As for Go's reader, null is the
 * same as nothing. All readers throw {@link BadValueException} if something else is there.
 */
final class Json {
  private final JsonNode node;
  private final @Nullable Json parent;

  /** With the dot or the brackets that it has in a path. */
  private final String step;

  private Json(JsonNode node, @Nullable Json parent, String step) {
    this.node = node;
    this.parent = parent;
    this.step = step;
  }

  static Json root(JsonNode node) {
    return new Json(node, null, "");
  }

  /** A field of an object; absent if there is no object. */
  Json get(String field) {
    if (isPresent() && !node.isObject()) {
      throw bad("expected an object, found " + shown());
    }
    return new Json(node.path(field), this, field);
  }

  boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  boolean isObject() {
    return node.isObject();
  }

  boolean isArray() {
    return node.isArray();
  }

  /** The elements of an array; none if there is no array. */
  List<Json> items() {
    int size = size();
    var items = new ArrayList<Json>(size);
    for (int i = 0; i < size; i++) {
      items.add(item(i));
    }
    return items;
  }

  /** How many elements an array has; 0 if there is no array. */
  int size() {
    if (isPresent() && !node.isArray()) {
      throw bad("expected an array, found " + shown());
    }
    return node.size();
  }

  /** One element of an array: for whoever does not need them all. */
  Json item(int index) {
    return new Json(node.path(index), this, "[" + index + "]");
  }

  /** Goes over an object whose fields have no fixed names. */
  void forEachField(BiConsumer<String, Json> action) {
    if (!isPresent()) {
      return;
    }
    if (!node.isObject()) {
      throw bad("expected an object, found " + shown());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = wellFormed(field.getKey());
      action.accept(name, new Json(field.getValue(), this, Shown.of(name)));
    }
  }

  /** The string here, or this if there is nothing. */
  String textOr(String ifAbsent) {
    return isPresent() ? text() : ifAbsent;
  }

  /** The string here. */
  String text() {
    if (!node.isTextual()) {
      throw bad(isPresent() ? "expected a string, found " + shown() : "missing");
    }
    return wellFormed(node.textValue());
  }

  /** The string here, one that many resources have. */
  String internedText() {
    return Interned.text(text());
  }

  /** Whether there is a string that is not empty; only a string may be here. */
  boolean hasText() {
    return isPresent() && !text().isEmpty();
  }

  /** Whether it is this string. */
  boolean is(String text) {
    return node.isTextual() && node.textValue().equals(text);
  }

  boolean isTrue() {
    if (isPresent() && !node.isBoolean()) {
      throw bad("expected true or false, found " + shown());
    }
    return node.booleanValue();
  }

  boolean isInteger() {
    return node.isIntegralNumber();
  }

  boolean isTextual() {
    return node.isTextual();
  }

  /** A string, a number, true or false, as text. */
  String scalar() {
    if (!node.isValueNode() || node.isNull()) {
      throw bad("expected a string or a number, found " + shown());
    }
    return wellFormed(node.asText());
  }

  /** The integer here, or this if there is something else. */
  int integerOr(int ifNot) {
    return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : ifNot;
  }

  int integer(int min, int max) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw bad(isPresent() ? "expected an integer, found " + shown() : "missing");
    }
    int value = node.intValue();
    if (value < min || value > max) {
      throw bad("expected " + min + " to " + max + ", found " + value);
    }
    return value;
  }

  @Nullable Integer integerOrNull(int min, int max) {
    return isPresent() ? integer(min, max) : null;
  }

  @Nullable Double numberOrNull() {
    if (!isPresent()) {
      return null;
    }
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw bad("expected a number, found " + shown());
    }
    return node.doubleValue();
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
    forEachField((name, value) -> texts.put(Interned.text(name), Interned.text(value.textOr(""))));
    return texts;
  }

  Labels labels() {
    return Labels.of(texts());
  }

  /** What is here, short enough for a message. */
  String shown() {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "'" + Shown.of(node.textValue()) + "'";
      case MISSING -> "nothing";
      case BINARY, BOOLEAN, NULL, NUMBER, POJO -> Shown.of(node.asText());
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
    if (!out.isEmpty() && !step.startsWith("[")) {
      out.append('.');
    }
    out.append(step);
  }

  /** Half characters, which an escape can make, become U+FFFD, as Go reads them. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }
}
