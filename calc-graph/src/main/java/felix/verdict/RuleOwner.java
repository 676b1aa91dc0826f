package felix.verdict;

import felix.model.PolicyKey;

/** Whose rules decided something. */
public sealed interface RuleOwner {
  /** A policy of a tier. */
  record OfPolicy(String tier, PolicyKey key) implements RuleOwner {
    @Override
    public String toString() {
      return "policy " + key.id() + " of tier " + tier;
    }
  }

  /** A profile. */
  record OfProfile(String name) implements RuleOwner {
    @Override
    public String toString() {
      return "profile " + name;
    }
  }
}
