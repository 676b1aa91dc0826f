package felix.delta;

import felix.model.PolicyKey;
import felix.model.RuleAction;
import java.util.List;

/**
 * The policies of one tier that apply to an endpoint, in order, a list a direction. An empty list:
 * the tier has no say in that direction.
 *
 * @param defaultAction what becomes of a packet that none of them decides: DENY or PASS
 */
public record TierPolicies(
    String tier, RuleAction defaultAction, List<PolicyKey> ingress, List<PolicyKey> egress) {
  public TierPolicies {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }

  /** Those for one direction, in order. */
  public List<PolicyKey> policies(Direction direction) {
    return switch (direction) {
      case INGRESS -> ingress;
      case EGRESS -> egress;
    };
  }
}
