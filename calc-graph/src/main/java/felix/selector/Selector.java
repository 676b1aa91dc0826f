package felix.selector;

import java.util.List;

/**
 * A condition on labels, as a tree. Immutable; equal if the trees are equal. A parsed tree is at
 * most 200 nodes deep, so that recursion over it is safe.
 */
public sealed interface Selector {
  /**
   * Reads a selector; what was read lately is remembered. The empty text selects everything. Any
   * thread.
   *
   * @throws SelectorSyntaxException if the text is none, or nested too deeply
   */
  static Selector parse(String text) {
    return ParseCache.parse(text);
  }

  /** Remembers nothing any more, for whoever needs the memory more. Any thread. */
  static void forgetParsed() {
    ParseCache.forget();
  }

  /**
   * The ID of the IP set of all addresses with ports that have this name, for this protocol, on
   * what the selector selects.
   *
   * @param protocol {@code tcp}, {@code udp} or {@code sctp}
   */
  static String namedPortId(String selectorId, String protocol, String portName) {
    return UniqueId.of("n:", selectorId + "," + protocol + "," + portName);
  }

  boolean matches(LabelLookup labels);

  /**
   * The one text for this tree, and it parses back to it: blanks, quotes, order of a set's values
   * and idle parentheses of the input do not survive.
   */
  default String canonical() {
    return CanonicalText.of(this);
  }

  /** The ID of the IP set of all addresses that this selects: {@code s:...}, 40 characters. */
  default String id() {
    return UniqueId.of("s:", CanonicalText.forId(this));
  }

  /** The same condition on labels that have this prefix before their name. */
  default Selector withLabelPrefix(String prefix) {
    return LabelPrefix.add(prefix, this);
  }

  /** What this selects and the other does not. */
  default Selector except(Selector excluded) {
    return new And(List.of(this, new Not(excluded)));
  }

  /** {@code all()}, or the empty text. */
  record All() implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      return true;
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /**
   * {@code global()}: matches everything; only its rewriting where it stands for a namespace gives
   * it a meaning.
   */
  record Global() implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      return true;
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code has(label)}, whatever the value. */
  record Has(String label) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      return labels.get(label) != null;
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code label == "value"} */
  record Equals(String label, String value) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      return value.equals(labels.get(label));
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code label != "value"}: also true where there is no such label. */
  record NotEquals(String label, String value) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      return !value.equals(labels.get(label));
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /**
   * {@code label in {"a", "b"}}
   *
   * @param values in order of their UTF-8 bytes, no two equal
   */
  record In(String label, List<String> values) implements Selector {
    public In {
      values = Values.sorted(values);
    }

    @Override
    public boolean matches(LabelLookup labels) {
      return Values.contains(values, labels.get(label));
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /**
   * {@code label not in {"a", "b"}}: also true where there is no such label.
   *
   * @param values in order of their UTF-8 bytes, no two equal
   */
  record NotIn(String label, List<String> values) implements Selector {
    public NotIn {
      values = Values.sorted(values);
    }

    @Override
    public boolean matches(LabelLookup labels) {
      return !Values.contains(values, labels.get(label));
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code label contains "part"} */
  record Contains(String label, String part) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      String value = labels.get(label);
      return value != null && value.contains(part);
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code label starts with "prefix"} */
  record StartsWith(String label, String prefix) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      String value = labels.get(label);
      return value != null && value.startsWith(prefix);
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code label ends with "suffix"} */
  record EndsWith(String label, String suffix) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      String value = labels.get(label);
      return value != null && value.endsWith(suffix);
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /** {@code !operand} */
  record Not(Selector operand) implements Selector {
    @Override
    public boolean matches(LabelLookup labels) {
      return !operand.matches(labels);
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /**
   * {@code (a && b && c)}
   *
   * @param operands at least two, in the order of the text
   */
  record And(List<Selector> operands) implements Selector {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(LabelLookup labels) {
      for (Selector operand : operands) {
        if (!operand.matches(labels)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return canonical();
    }
  }

  /**
   * {@code (a || b || c)}
   *
   * @param operands at least two, in the order of the text
   */
  record Or(List<Selector> operands) implements Selector {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(LabelLookup labels) {
      for (Selector operand : operands) {
        if (operand.matches(labels)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return canonical();
    }
  }
}
