package felix.selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Random selectors over few labels and values, each as a tree, a text in one of its many spellings,
 * and a second meaning that shares no code with the trees.
 */
final class RandomSelectors {
  private static final List<String> LABELS = List.of("a", "b", "has", "in", "x.y/z-1");
  private static final List<String> VALUES =
      List.of("", "v", "w", "vw", "wv", "it's", "\"", "\u00e9", "\uFF5E", "\uD83D\uDE00", "all()");

  private final Random random;

  RandomSelectors(long seed) {
    random = new Random(seed);
  }

  record Sample(Selector tree, String text, Predicate<Map<String, String>> meaning) {}

  Map<String, String> labels() {
    var labels = new HashMap<String, String>();
    for (String label : LABELS) {
      if (random.nextBoolean()) {
        labels.put(label, pick(VALUES));
      }
    }
    return labels;
  }

  /** A whole selector: parentheses around it are idle. */
  Sample selector(int depth) {
    Sample sample = or(depth);
    return switch (random.nextInt(4)) {
      case 0 -> new Sample(sample.tree, blank() + sample.text + blank(), sample.meaning);
      case 1 -> inParentheses(sample);
      default -> sample;
    };
  }

  private Sample or(int depth) {
    var operands = operands(depth, this::and);
    return operands.size() == 1
        ? operands.getFirst()
        : new Sample(
            new Selector.Or(trees(operands)),
            join(operands, "||"),
            labels -> operands.stream().anyMatch(o -> o.meaning.test(labels)));
  }

  private Sample and(int depth) {
    var operands = operands(depth, this::operation);
    return operands.size() == 1
        ? operands.getFirst()
        : new Sample(
            new Selector.And(trees(operands)),
            join(operands, "&&"),
            labels -> operands.stream().allMatch(o -> o.meaning.test(labels)));
  }

  private Sample operation(int depth) {
    Sample inner = depth > 0 && random.nextInt(3) == 0 ? inParentheses(or(depth - 1)) : leaf();
    int nots = random.nextInt(4);
    String text = ("!" + blank()).repeat(nots) + inner.text;
    return nots % 2 == 0
        ? new Sample(inner.tree, text, inner.meaning)
        : new Sample(new Selector.Not(inner.tree), text, inner.meaning.negate());
  }

  private Sample leaf() {
    String k = pick(LABELS);
    String v = pick(VALUES);
    String q = quoted(v);
    return switch (random.nextInt(9)) {
      case 0 -> new Sample(new Selector.All(), "all(" + blank() + ")", m -> true);
      case 1 -> new Sample(new Selector.Has(k), "has(" + k + blank() + ")", m -> m.containsKey(k));
      case 2 ->
          new Sample(
              new Selector.Equals(k, v),
              k + blank() + "==" + blank() + q,
              m -> m.containsKey(k) && m.get(k).compareTo(v) == 0);
      case 3 ->
          new Sample(
              new Selector.NotEquals(k, v),
              k + blank() + "!=" + blank() + q,
              m -> !(m.containsKey(k) && m.get(k).compareTo(v) == 0));
      case 4 ->
          new Sample(
              new Selector.Contains(k, v),
              k + " contains" + blank() + q,
              m -> m.containsKey(k) && m.get(k).indexOf(v) >= 0);
      case 5 ->
          new Sample(
              new Selector.StartsWith(k, v),
              k + " starts" + blank() + "with" + blank() + q,
              m -> m.containsKey(k) && m.get(k).indexOf(v) == 0);
      case 6 ->
          new Sample(
              new Selector.EndsWith(k, v),
              k + " ends" + blank() + "with" + blank() + q,
              m -> m.containsKey(k) && (m.get(k) + "$").contains(v + "$"));
      case 7 -> set(k, true);
      default -> set(k, false);
    };
  }

  private Sample set(String label, boolean in) {
    var values = new ArrayList<String>();
    var text =
        new StringBuilder(label).append(in ? " in" : " not" + blank() + "in").append(blank());
    text.append('{');
    for (int i = random.nextInt(5); i > 0; i--) {
      String value = pick(VALUES);
      values.add(value);
      text.append(blank()).append(quoted(value)).append(i > 1 || random.nextBoolean() ? "," : "");
    }
    text.append(blank()).append('}');
    Predicate<Map<String, String>> contained =
        m -> m.containsKey(label) && values.contains(m.get(label));
    return in
        ? new Sample(new Selector.In(label, values), text.toString(), contained)
        : new Sample(new Selector.NotIn(label, values), text.toString(), contained.negate());
  }

  private interface Generator {
    Sample next(int depth);
  }

  private List<Sample> operands(int depth, Generator generator) {
    var operands = new ArrayList<Sample>();
    int count = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
    for (int i = 0; i < count; i++) {
      operands.add(generator.next(depth));
    }
    return operands;
  }

  private static List<Selector> trees(List<Sample> samples) {
    return samples.stream().map(Sample::tree).toList();
  }

  private String join(List<Sample> operands, String operator) {
    var text = new StringBuilder(operands.getFirst().text);
    for (Sample operand : operands.subList(1, operands.size())) {
      text.append(blank()).append(operator).append(blank()).append(operand.text);
    }
    return text.toString();
  }

  private Sample inParentheses(Sample sample) {
    return new Sample(sample.tree, "(" + blank() + sample.text + blank() + ")", sample.meaning);
  }

  private String quoted(String value) {
    boolean single = value.contains("\"") || (!value.contains("'") && random.nextBoolean());
    return single ? "'" + value + "'" : "\"" + value + "\"";
  }

  private String blank() {
    return switch (random.nextInt(4)) {
      case 0 -> " ";
      case 1 -> "\t ";
      default -> "";
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
