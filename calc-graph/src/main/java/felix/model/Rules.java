package felix.model;

import java.util.List;

/** The ordered rules of a policy or profile, a list a direction as seen from the endpoint. */
public record Rules(List<Rule> ingress, List<Rule> egress) implements Resource {
  /** What stands in for a profile that does not exist: nothing gets in or out. */
  public static final Rules DENY_ALL = both(RuleAction.DENY);

  /** The rules of the profile that every cluster has, {@code projectcalico-default-allow}. */
  public static final Rules ALLOW_ALL = both(RuleAction.ALLOW);

  public Rules {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }

  private static Rules both(RuleAction action) {
    return new Rules(List.of(Rule.of(action)), List.of(Rule.of(action)));
  }
}
