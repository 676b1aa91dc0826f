package felix.dataplane.rules;

import static felix.model.Tier.DEFAULT_NAME;

import felix.delta.Direction;
import felix.delta.TierPolicies;
import felix.model.RuleAction;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * Tier by tier its policies, and its end. In the raw and the mangle table all tiers pass what no
   * policy decides: it is decided later.
   */
  List<Rule> tiers(List<TierPolicies> tiers, Direction direction) {
    var deciding = tiers.stream().filter(tier -> decides(tier, direction)).toList();
    boolean asInV3_14 = deciding.size() == 1 && isOnlyTierOfV3_14(deciding.getFirst());
    var rules = new ArrayList<Rule>();
    for (var tier : deciding) {
      rules.addAll(policies(tier, direction, asInV3_14));
      if (tier.defaultAction() == RuleAction.DENY) {
        String end = deny().word() + " if no policies passed packet";
        rules.add(
            Rule.of(deny().action(), notPassed())
                .withComment(asInV3_14 ? end : "End of tier " + tier.tier() + ". " + end));
      }
    }
    return rules;
  }

  /** Whether a tier has a policy for the direction. */
  static boolean decides(TierPolicies tier, Direction direction) {
    return !tier.policies(direction).isEmpty();
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

  private List<Rule> policies(TierPolicies tier, Direction direction, boolean asInV3_14) {
    var rules = new ArrayList<Rule>();
    rules.add(
        Rule.of(new Action.ClearMark(marks().pass()))
            .withComment(asInV3_14 ? "Start of policies" : "Start of tier " + tier.tier()));
    for (var policy : tier.policies(direction)) {
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

  private boolean isOnlyTierOfV3_14(TierPolicies tier) {
    var end = table == Table.FILTER ? RuleAction.DENY : RuleAction.PASS;
    return tier.tier().equals(DEFAULT_NAME) && tier.defaultAction() == end;
  }
}
