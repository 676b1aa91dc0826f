package felix.selector;

import java.util.List;

/**
 * Writes a tree in its canonical form. IP set IDs are hashes of it: it must never change.
 *
 * <p>Felix writes the negation of a negation without parentheses, {@code !!has(a)}, and when it
 * reads that again both vanish. So this is the text to hash only; what others may parse gets them.
 */
final class CanonicalText {
  private final StringBuilder out = new StringBuilder();
  private final boolean nestsNots;

  private CanonicalText(boolean nestsNots) {
    this.nestsNots = nestsNots;
  }

  /** The text that parses back to the same tree. */
  static String of(Selector selector) {
    return new CanonicalText(true).whole(selector);
  }

  /** The text that Felix makes the ID of. */
  static String forId(Selector selector) {
    return new CanonicalText(false).whole(selector);
  }

  private String whole(Selector selector) {
    write(selector);
    return out.toString();
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
        boolean nested = nestsNots && operand instanceof Selector.Not;
        out.append(nested ? "!(" : "!");
        write(operand);
        out.append(nested ? ")" : "");
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
