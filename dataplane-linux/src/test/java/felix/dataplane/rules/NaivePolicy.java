package felix.dataplane.rules;

import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.Direction;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import felix.model.RuleAction;
import java.util.List;

/**
 * What policy decides about one packet on its way, read off the rules: the oracle of what is
 * rendered.
 */
final class NaivePolicy {
  private final Scenario scenario;
  private final SetMembers sets;
  private int logLines;

  /**
   * Whether a policy, or a profile's rule, passed the packet last. A quirk of the original outlives
   * in it, see {@link PolicyChains}: it is forgotten only where a tier begins, and where a table's
   * own chain forgets all.
   */
  private boolean passed;

  NaivePolicy(Scenario scenario, SetMembers sets) {
    this.scenario = scenario;
    this.sets = sets;
  }

  int logLines() {
    return logLines;
  }

  void forgetPass() {
    passed = false;
  }

  /**
   * What tiers decide.
   *
   * @return PASS for nothing
   */
  RuleAction tiers(List<TierPolicies> tiers, Direction direction, Packet packet) {
    for (var tier : tiers) {
      var policies = tier.policies(direction);
      if (policies.isEmpty()) {
        continue;
      }
      var action = firstAction(policies, direction, packet);
      passed = action == RuleAction.PASS;
      if (action == RuleAction.LOG) {
        action = tier.defaultAction();
      }
      if (action == RuleAction.ALLOW || action == RuleAction.DENY) {
        return action;
      }
    }
    return RuleAction.PASS;
  }

  /** Whether a profile allows it. */
  boolean profilesAllow(List<String> profiles, Direction direction, Packet packet) {
    return profiles.stream()
        .map(profile -> profileAction(rules(profile, direction), packet))
        .filter(action -> action == RuleAction.ALLOW || action == RuleAction.DENY)
        .findFirst()
        .filter(action -> action == RuleAction.ALLOW)
        .isPresent();
  }

  /** Whether any of the tiers has a policy for the direction. */
  static boolean haveSay(List<TierPolicies> tiers, Direction direction) {
    return tiers.stream().anyMatch(tier -> !tier.policies(direction).isEmpty());
  }

  /** What the policies of a tier say; LOG stands for nothing. */
  private RuleAction firstAction(List<PolicyKey> policies, Direction direction, Packet packet) {
    for (var key : policies) {
      for (var rule : rules(key, direction)) {
        if (matches(rule, packet)) {
          if (rule.action() != RuleAction.LOG) {
            return rule.action();
          }
          logLines++;
        }
      }
    }
    return RuleAction.LOG;
  }

  /** What a profile says; PASS and LOG stand for nothing. */
  private RuleAction profileAction(List<ActiveRule> rules, Packet packet) {
    for (var rule : rules) {
      boolean matches = matches(rule, packet);
      switch (rule.action()) {
        case ALLOW, DENY -> {
          if (matches) {
            return rule.action();
          }
        }
        case LOG -> logLines += matches ? 1 : 0;
        case PASS -> {
          passed |= matches;
          if (passed && new NaiveRule(rule, sets).isForFamilyOf(packet)) {
            return RuleAction.PASS;
          }
        }
      }
    }
    return RuleAction.LOG;
  }

  private boolean matches(ActiveRule rule, Packet packet) {
    return new NaiveRule(rule, sets).matches(packet);
  }

  private List<ActiveRule> rules(PolicyKey key, Direction direction) {
    var policy = scenario.policies().get(key);
    return policy == null ? List.of() : policy.rules().rules(direction);
  }

  private List<ActiveRule> rules(String profile, Direction direction) {
    return scenario.profiles().getOrDefault(profile, NO_RULES).rules(direction);
  }

  private static final ActiveRules NO_RULES = new ActiveRules(List.of(), List.of());
}
