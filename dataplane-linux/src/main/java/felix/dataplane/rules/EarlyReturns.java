package felix.dataplane.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Says in one rule what {@link RuleRenderer} says in two as v3.14 does, "set the bit" and "return
 * where it is set": the rule goes to a chain that sets the bit, and the return of that is the
 * return of this one. At the end of a chain the bit is set, and nothing need be said of the return.
 *
 * <p>It is the same for all that come with the bit clear. Nobody comes with the accept bit set.
 *
 * @param passIsClear whether nobody comes with the pass bit set, either: see {@link PolicyChains}
 */
record EarlyReturns(MarkBits marks, boolean passIsClear) {
  /**
   * The rules of a chain.
   *
   * @param rendered by policy rule; none is empty
   */
  List<Rule> shorten(List<List<Rule>> rendered) {
    var all = new ArrayList<Rule>();
    for (int i = 0; i < rendered.size(); i++) {
      boolean isLast = i == rendered.size() - 1;
      all.addAll(shorten(rendered.get(i), isLast));
    }
    return all;
  }

  private List<Rule> shorten(List<Rule> rules, boolean isLast) {
    if (!(rules.getLast().action() instanceof Action.Return)) {
      return rules;
    }
    var verdict = rules.get(rules.size() - 2);
    int bit = ((Action.SetMark) verdict.action()).bits();
    if (isLast) {
      return rules.subList(0, rules.size() - 1);
    }
    if (bit == marks.pass() && !passIsClear) {
      return rules;
    }
    String setter = bit == marks.pass() ? ChainNames.SET_PASS : ChainNames.SET_ACCEPT;
    var shorter = new ArrayList<>(rules.subList(0, rules.size() - 2));
    shorter.add(new Rule(verdict.matches(), new Action.Goto(setter), verdict.comments()));
    return shorter;
  }
}
