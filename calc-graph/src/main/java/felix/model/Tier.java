package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * A group of policies that is evaluated as a whole.
 *
 * @param order tiers apply in ascending order; null: after all that have one
 * @param defaultAction what becomes of a packet for which the tier has policies of which none
 *     decides: DENY or PASS
 */
public record Tier(@Nullable Double order, RuleAction defaultAction) implements Resource {
  /** The tier that policies are in unless they say otherwise. */
  public static final String DEFAULT_NAME = "default";

  /** What the default tier is where the datastore does not hold it, as in v3.14. */
  public static final Tier DEFAULT = new Tier(1_000_000.0, RuleAction.DENY);
}
