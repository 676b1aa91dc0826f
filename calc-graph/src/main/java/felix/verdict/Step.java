package felix.verdict;

import felix.model.RuleAction;
import java.util.Locale;

/** Something that mattered on the way to a verdict. */
public sealed interface Step {
  /**
   * A rule that matched.
   *
   * @param index its place among the owner's rules of the direction, from 0
   */
  record ByRule(RuleOwner owner, int index, RuleAction action) implements Step {
    @Override
    public String toString() {
      return words(action) + " by rule " + index + " of " + owner;
    }
  }

  /**
   * The rest of a profile was left out by a rule that need not have matched: a policy, or a
   * profile's rule, had passed the connection before, and at a rule that passes what is marked so
   * leaves.
   */
  record LeftProfile(RuleOwner owner, int index) implements Step {
    @Override
    public String toString() {
      return "the rest of " + owner + " is left out at rule " + index;
    }
  }

  /** No policy of a tier decided. */
  record ByTierDefault(String tier, RuleAction action) implements Step {
    @Override
    public String toString() {
      return words(action) + " at the end of tier " + tier;
    }
  }

  /** Neither a tier nor a profile decided, which denies. */
  record ByNobody() implements Step {
    @Override
    public String toString() {
      return "deny, since no profile allows it";
    }
  }

  /** It is wrapped as the overlay does, which no policy can allow. */
  record Encapsulated() implements Step {
    @Override
    public String toString() {
      return "deny, since workloads may not send encapsulated packets";
    }
  }

  private static String words(RuleAction action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
