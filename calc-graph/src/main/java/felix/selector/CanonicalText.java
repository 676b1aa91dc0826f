package felix.selector;

import java.util.List;

/** Writes a tree in its canonical form. IP set IDs are hashes of it: it must never change. */
final class CanonicalText {
  private final StringBuilder out = new StringBuilder();

  private CanonicalText() {}

  static String of(Selector selector) {
    var text = new CanonicalText();
    text.write(selector);
    return text.out.toString();
  }

  private void write(Selector selector) {
    switch (selector) {
      case Selector.All() -> out.append("all()");
      case Selector.Global() -> out.append("global()");
      case Selector.Has(var label) -> out.append("has(").append(label).append(')');
      case Selector.Equals(var label, var value) -> compare(label, " == ", value);
      case Selector.NotEquals(var label, var value) -> compare(label, " != ", value);
      case Selector.Contains(var label, var part) -> compare(label, " contains ", part);
      case Selector.StartsWith(var label, var prefix) -> compare(label, " starts with ", prefix);
      case Selector.EndsWith(var label, var suffix) -> compare(label, " ends with ", suffix);
      case Selector.In(var label, var values) -> compare(label, " in {", values);
      case Selector.NotIn(var label, var values) -> compare(label, " not in {", values);
      case Selector.Not(var operand) -> {
        out.append('!');
        write(operand);
      }
      case Selector.And(var operands) -> join(operands, " && ");
      case Selector.Or(var operands) -> join(operands, " || ");
    }
  }

  private void compare(String label, String operator, String value) {
    out.append(label).append(operator);
    quote(value);
  }

  private void compare(String label, String operator, List<String> values) {
    out.append(label).append(operator);
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      quote(values.get(i));
    }
    out.append('}');
  }

  private void quote(String value) {
    char quote = value.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote).append(value).append(quote);
  }

  private void join(List<Selector> operands, String operator) {
    out.append('(');
    for (int i = 0; i < operands.size(); i++) {
      if (i > 0) {
        out.append(operator);
      }
      write(operands.get(i));
    }
    out.append(')');
  }
}
