package felix.dataplane.rules;

import java.util.List;

/** A chain of a table with its rules in order. */
public record Chain(String name, List<Rule> rules) {
  public Chain {
    Tokens.checkChain(name);
    rules = List.copyOf(rules);
  }
}
