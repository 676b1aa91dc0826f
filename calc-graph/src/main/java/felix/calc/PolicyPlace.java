package felix.calc;

import felix.model.Policy;
import felix.model.PolicyStage;
import felix.model.RuleAction;
import felix.model.Tier;

/** Where an endpoint asks policies. Workloads have the last place only. */
enum PolicyPlace {
  UNTRACKED,
  PRE_DNAT,
  FORWARDED,
  TRACKED;

  boolean has(Policy policy) {
    return switch (this) {
      case UNTRACKED -> policy.stage() == PolicyStage.UNTRACKED;
      case PRE_DNAT -> policy.stage() == PolicyStage.PRE_DNAT;
      case FORWARDED -> policy.stage() == PolicyStage.TRACKED && policy.onForward();
      case TRACKED -> policy.stage() == PolicyStage.TRACKED;
    };
  }

  boolean asksOfEgress(Policy policy) {
    return policy.egress() && this != PRE_DNAT;
  }

  /** What the first two leave undecided, another place decides, whatever the tier says. */
  RuleAction defaultAction(Tier tier) {
    return switch (this) {
      case UNTRACKED, PRE_DNAT -> RuleAction.PASS;
      case FORWARDED, TRACKED -> tier.defaultAction();
    };
  }
}
