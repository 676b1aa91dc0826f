package felix.dataplane.rules;

import felix.dataplane.rules.LogRules.LogLines;
import felix.delta.ActiveRule;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;

/** One rule of a policy or profile as rules of iptables: blocks, the rule itself, its verdict. */
record RuleRenderer(MarkBits marks, DenyAction deny, LogLines log, IpVersion version) {
  /** Empty if the rule is not for this family, or can match nothing in it. */
  List<Rule> render(ActiveRule any) {
    var rule = FamilyRule.of(any, version);
    if (rule == null) {
      return List.of();
    }
    var source = new SideMatches(Side.SOURCE, rule.source(), rule.protocol(), version);
    var destination =
        new SideMatches(Side.DESTINATION, rule.destination(), rule.protocol(), version);
    var blocks = blocks(rule, source, destination);
    var rules = new ArrayList<>(blocks.rules());
    var matches = matches(rule, source, destination);
    if (!blocks.isEmpty()) {
      matches.add(blocks.matched());
    }
    rules.addAll(verdict(rule, matches));
    return rules.stream().map(r -> new Rule(r.matches(), r.action(), rule.annotations())).toList();
  }

  private MatchBlocks blocks(ActiveRule rule, SideMatches source, SideMatches destination) {
    var blocks = new MatchBlocks(marks);
    source.portBlock(blocks);
    destination.portBlock(blocks);
    source.netBlock(blocks);
    destination.netBlock(blocks);
    source.notNetBlock(blocks);
    destination.notNetBlock(blocks);
    source.otherNegatedBlocks(blocks);
    destination.otherNegatedBlocks(blocks);
    var notIcmp = rule.notIcmp();
    if (notIcmp != null && rule.protocol() == null) {
      var icmp = new Match.OfProtocol(FamilyRule.icmpOf(version), false);
      blocks.noneOf(List.of(List.of(icmp, icmp(notIcmp, false))));
    }
    return blocks;
  }

  private List<Match> matches(ActiveRule rule, SideMatches source, SideMatches destination) {
    var protocol = rule.protocol();
    var notProtocol = rule.notProtocol();
    var icmp = rule.icmp();
    var notIcmp = rule.notIcmp();
    var matches = new ArrayList<Match>();
    if (protocol != null) {
      matches.add(new Match.OfProtocol(protocol, false));
    }
    matches.addAll(source.inRule());
    matches.addAll(destination.inRule());
    if (icmp != null) {
      matches.add(icmp(icmp, false));
    }
    if (notProtocol != null) {
      matches.add(new Match.OfProtocol(notProtocol, true));
    }
    matches.addAll(source.negatedInRule());
    matches.addAll(destination.negatedInRule());
    if (notIcmp != null && protocol != null) {
      matches.add(icmp(notIcmp, true));
    }
    return matches;
  }

  private List<Rule> verdict(ActiveRule rule, List<Match> matches) {
    return switch (rule.action()) {
      case ALLOW -> markAndReturn(matches, marks.accept());
      case PASS -> markAndReturn(matches, marks.pass());
      case DENY -> List.of(new Rule(matches, deny.action(), List.of()));
      case LOG -> List.of(logged(matches));
    };
  }

  private Rule logged(List<Match> matches) {
    var all = new ArrayList<>(matches);
    if (log.limit() != null) {
      all.add(new Match.Limited(log.limit()));
    }
    return new Rule(all, new Action.Log(log.prefix()), List.of());
  }

  private static List<Rule> markAndReturn(List<Match> matches, int bit) {
    return List.of(
        new Rule(matches, new Action.SetMark(bit), List.of()),
        Rule.of(new Action.Return(), new Match.MarkSet(bit)));
  }

  private Match icmp(IcmpMatch icmp, boolean negated) {
    return new Match.OfIcmp(version, icmp, negated);
  }
}
