package felix.dataplane.rules;

import felix.delta.Direction;
import felix.delta.TierPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the chains of endpoints in one table are put together from. A chain that allows a packet
 * returns with the accept bit set, or lets a packet of a known connection go at once.
 */
record EndpointRules(RuleSettings settings, Table table) {
  /** What is known is allowed, what makes no sense is denied. */
  List<Rule> connections() {
    var rules = new ArrayList<>(known());
    rules.addAll(invalid());
    return rules;
  }

  /** What is known is allowed. */
  List<Rule> known() {
    var known = new Match.InState(Match.ConnectionState.RELATED_OR_ESTABLISHED);
    var allow = settings.verdicts().allow(table);
    var rules = new ArrayList<Rule>();
    if (allow == AllowAction.RETURN) {
      rules.add(Rule.of(new Action.SetMark(marks().accept()), known));
    }
    rules.add(Rule.of(allow.action(), known));
    return rules;
  }

  /** What makes no sense is denied. */
  List<Rule> invalid() {
    var invalid = new Match.InState(Match.ConnectionState.INVALID);
    return settings.dropInvalid() ? List.of(Rule.of(deny().action(), invalid)) : List.of();
  }

  /** Before policies: they are believed by the bit that they set. */
  Rule clearAccept() {
    return Rule.of(new Action.ClearMark(marks().accept()));
  }

  /** Tier by tier its policies, and its end. */
  List<Rule> tiers(List<TierPolicies> tiers, Direction direction) {
    var rules = new ArrayList<Rule>();
    for (var tier : DecidingTier.of(tiers, direction, table)) {
      rules.addAll(policies(tier, direction));
      end(tier).ifPresent(rules::add);
    }
    return rules;
  }

  /** What denies what a tier's policies leave undecided, unless the tier passes it. */
  Optional<Rule> end(DecidingTier tier) {
    return tier.end(deny().word()).map(Rule.of(deny().action(), notPassed())::withComment);
  }

  Rule start(DecidingTier tier) {
    return Rule.of(new Action.ClearMark(marks().pass())).withComment(tier.start());
  }

  /** One after the other, and what none of them allows is denied. */
  List<Rule> profiles(List<String> profiles, Direction direction) {
    var rules = new ArrayList<Rule>();
    for (var profile : profiles) {
      rules.add(Rule.of(new Action.Jump(ChainNames.profile(direction, profile))));
      rules.add(returnIfAccepted().withComment("Return if profile accepted"));
    }
    rules.add(Rule.of(deny().action()).withComment(deny().word() + " if no profiles matched"));
    return rules;
  }

  Rule returnIfPolicyAccepted() {
    return returnIfAccepted().withComment("Return if policy accepted");
  }

  DenyAction deny() {
    return settings.verdicts().deny(table);
  }

  private List<Rule> policies(DecidingTier tier, Direction direction) {
    var rules = new ArrayList<Rule>();
    rules.add(start(tier));
    for (var policy : tier.policies()) {
      rules.add(Rule.of(new Action.Jump(ChainNames.policy(direction, policy)), notPassed()));
      if (table == Table.RAW) {
        rules.add(Rule.of(new Action.NoTrack(), new Match.MarkSet(marks().accept())));
      }
      rules.add(returnIfPolicyAccepted());
    }
    return rules;
  }

  private Match notPassed() {
    return new Match.MarkClear(marks().pass());
  }

  private Rule returnIfAccepted() {
    return Rule.of(new Action.Return(), new Match.MarkSet(marks().accept()));
  }

  private MarkBits marks() {
    return settings.marks();
  }
}
