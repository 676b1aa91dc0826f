package felix.dataplane.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What of one policy rule does not fit into one rule of iptables, as rules ahead of it. Scratch bit
 * 0 is set at the end of a block if and only if that and all blocks before matched.
 *
 * <p>The first positive block writes bit 0 itself; each later one gathers its alternatives in
 * scratch bit 1 and then clears bit 0 where none matched. Bit 1 is cleared once at the start and
 * again ahead of the third and any later positive block, which the original forgets: there it lets
 * those blocks pass whenever the second one matched.
 */
final class MatchBlocks {
  private final MarkBits marks;
  private final List<Rule> rules = new ArrayList<>();
  private int positiveBlocks;

  MatchBlocks(MarkBits marks) {
    this.marks = marks;
  }

  /** The packet must match one of these. */
  void anyOf(List<List<Match>> alternatives) {
    start(0);
    positiveBlocks++;
    if (positiveBlocks > 2) {
      rules.add(Rule.of(new Action.ClearMark(marks.scratch1())));
    }
    boolean first = positiveBlocks == 1;
    var matched = new Action.SetMark(first ? marks.scratch0() : marks.scratch1());
    alternatives.forEach(matches -> rules.add(new Rule(matches, matched, List.of())));
    if (!first) {
      rules.add(
          Rule.of(new Action.ClearMark(marks.scratch0()), new Match.MarkClear(marks.scratch1())));
    }
  }

  /** The packet must match none of these. To be called after all positive blocks. */
  void noneOf(List<List<Match>> alternatives) {
    start(marks.scratch0());
    var refused = new Action.ClearMark(marks.scratch0());
    alternatives.forEach(matches -> rules.add(new Rule(matches, refused, List.of())));
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  List<Rule> rules() {
    return rules;
  }

  /** What a packet bears behind all blocks if it matched them all. */
  Match matched() {
    return new Match.MarkSet(marks.scratch0());
  }

  private void start(int initially) {
    if (rules.isEmpty()) {
      int both = marks.scratch0() | marks.scratch1();
      rules.add(Rule.of(new Action.SetMaskedMark(initially, both)));
    }
  }
}
