package felix.datastore;

import felix.model.RuleAction;
import felix.model.Tier;

/** Tier. */
final class TierDecoder {
  private TierDecoder() {}

  /** Any default action but Pass is Deny, as in Felix. */
  static Tier decode(Json tier) {
    Json spec = tier.get("spec");
    boolean pass = spec.get("defaultAction").textOr("").equals("Pass");
    return new Tier(spec.get("order").numberOrNull(), pass ? RuleAction.PASS : RuleAction.DENY);
  }
}
