package felix.selector;

import felix.selector.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Builds the tree of one text:
 *
 * <pre>
 * or      = and { "||" and }
 * and     = op { "&&" op }
 * op      = { "!" } primary
 * primary = has | all | global | label operator string | label in set | "(" or ")"
 * </pre>
 *
 * Open parentheses wait on a stack of its own, not on the thread's: their number is bounded by the
 * length of the text only. What is bounded is the depth of the tree.
 */
final class Parser {
  /** Bounds the recursion of all who walk a tree. Selectors that people write need less than 10. */
  static final int MAX_DEPTH = 200;

  private final Tokenizer tokenizer;
  private final Deque<Group> outer = new ArrayDeque<>();
  private Group group = new Group(false);
  private Token token;

  Parser(String text) {
    tokenizer = new Tokenizer(text);
    token = tokenizer.next();
  }

  Selector parse() {
    if (token.kind() == Kind.END) {
      return new Selector.All();
    }
    while (true) {
      boolean negated = skipNots();
      if (token.kind() == Kind.OPEN) {
        outer.push(group);
        group = new Group(negated);
        advance();
        continue;
      }
      group.add(negated(negated, new Node(primary(), 1)));
      while (token.kind() == Kind.CLOSE && !outer.isEmpty()) {
        advance();
        Node inner = negated(group.negated, group.finish());
        group = outer.pop();
        group.add(inner);
      }
      switch (token.kind()) {
        case AND -> advance();
        case OR -> {
          group.endAnd();
          advance();
        }
        case END -> {
          return end();
        }
        default -> throw expected(outer.isEmpty() ? "&&, || or the end" : "&&, || or )");
      }
    }
  }

  private Selector end() {
    if (!outer.isEmpty()) {
      throw expected(")");
    }
    return group.finish().selector;
  }

  private boolean skipNots() {
    boolean negated = false;
    while (token.kind() == Kind.NOT) {
      negated = !negated;
      advance();
    }
    return negated;
  }

  private Node negated(boolean negated, Node node) {
    return negated ? new Node(new Selector.Not(node.selector), deeper(node.depth)) : node;
  }

  private Selector primary() {
    Token first = token;
    return switch (first.kind()) {
      case ALL -> {
        advance();
        yield new Selector.All();
      }
      case GLOBAL -> {
        advance();
        yield new Selector.Global();
      }
      case HAS -> {
        advance();
        yield new Selector.Has(first.text());
      }
      case LABEL -> {
        advance();
        yield comparison(first.text());
      }
      default -> throw expected("a label, has(), all(), global(), ! or (");
    };
  }

  private Selector comparison(String label) {
    Kind operator = token.kind();
    return switch (operator) {
      case EQUAL -> new Selector.Equals(label, operand());
      case NOT_EQUAL -> new Selector.NotEquals(label, operand());
      case CONTAINS -> new Selector.Contains(label, operand());
      case STARTS_WITH -> new Selector.StartsWith(label, operand());
      case ENDS_WITH -> new Selector.EndsWith(label, operand());
      case IN -> new Selector.In(label, set());
      case NOT_IN -> new Selector.NotIn(label, set());
      default -> throw expected("an operator after a label");
    };
  }

  private String operand() {
    advance();
    Token value = token;
    take(Kind.STRING, "a string in quotes");
    return value.text();
  }

  private List<String> set() {
    advance();
    take(Kind.OPEN_SET, "{");
    var values = new ArrayList<String>();
    while (token.kind() == Kind.STRING) {
      values.add(token.text());
      advance();
      if (token.kind() != Kind.COMMA) {
        break;
      }
      advance();
    }
    take(Kind.CLOSE_SET, "} or a string in quotes");
    return values;
  }

  private void take(Kind kind, String description) {
    if (token.kind() != kind) {
      throw expected(description);
    }
    advance();
  }

  private void advance() {
    token = tokenizer.next();
  }

  private int deeper(int depth) {
    if (depth == MAX_DEPTH) {
      throw tokenizer.error(
          token.position(), "expected an expression of at most " + MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  private SelectorSyntaxException expected(String what) {
    return tokenizer.error(token.position(), "expected " + what);
  }

  private record Node(Selector selector, int depth) {}

  /** What stands between two parentheses, as far as it has been read. */
  private final class Group {
    /** Whether the whole group has a "!" before it. */
    final boolean negated;

    private final List<Node> ors = new ArrayList<>(1);
    private List<Node> ands = new ArrayList<>(1);

    Group(boolean negated) {
      this.negated = negated;
    }

    void add(Node node) {
      ands.add(node);
    }

    void endAnd() {
      ors.add(ands.size() == 1 ? ands.getFirst() : join(ands, Selector.And::new));
      ands = new ArrayList<>(1);
    }

    Node finish() {
      endAnd();
      return ors.size() == 1 ? ors.getFirst() : join(ors, Selector.Or::new);
    }

    private Node join(List<Node> nodes, Function<List<Selector>, Selector> operator) {
      int depth = nodes.stream().mapToInt(Node::depth).max().orElseThrow();
      var selectors = nodes.stream().map(Node::selector).toList();
      return new Node(operator.apply(selectors), deeper(depth));
    }
  }
}
