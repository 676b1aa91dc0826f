package felix.selector;

import java.util.List;

/** Makes a selector ask about labels whose names begin with a prefix. */
final class LabelPrefix {
  private LabelPrefix() {}

  static Selector add(String prefix, Selector selector) {
    return switch (selector) {
      case Selector.All all -> all;
      case Selector.Global global -> global;
      case Selector.Has(var label) -> new Selector.Has(prefix + label);
      case Selector.Equals(var label, var value) -> new Selector.Equals(prefix + label, value);
      case Selector.NotEquals(var label, var value) ->
          new Selector.NotEquals(prefix + label, value);
      case Selector.Contains(var label, var part) -> new Selector.Contains(prefix + label, part);
      case Selector.StartsWith(var label, var start) ->
          new Selector.StartsWith(prefix + label, start);
      case Selector.EndsWith(var label, var end) -> new Selector.EndsWith(prefix + label, end);
      case Selector.In(var label, var values) -> new Selector.In(prefix + label, values);
      case Selector.NotIn(var label, var values) -> new Selector.NotIn(prefix + label, values);
      case Selector.Not(var operand) -> new Selector.Not(add(prefix, operand));
      case Selector.And(var operands) -> new Selector.And(add(prefix, operands));
      case Selector.Or(var operands) -> new Selector.Or(add(prefix, operands));
    };
  }

  private static List<Selector> add(String prefix, List<Selector> operands) {
    return operands.stream().map(operand -> add(prefix, operand)).toList();
  }
}
