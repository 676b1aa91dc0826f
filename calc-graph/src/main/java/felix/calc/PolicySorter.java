package felix.calc;

import felix.delta.TierPolicies;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.RuleAction;
import felix.model.Tier;
import felix.model.TierKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts policies in the order in which they are asked: tiers by their order, within a tier policies
 * by theirs; none given is last, ties go by name. A tier that policies name but that does not exist
 * comes after all others and denies what its policies leave undecided, as in Calico 3.30.
 *
 * <p>Ties between policies go as the Calico that wrote the datastore breaks them: where it holds
 * tiers, as today's does (name, namespace, kind), else as v3.14 does, which knows no tiers
 * (namespace and name).
 */
final class PolicySorter {
  private static final Tier NO_TIER = new Tier(null, RuleAction.DENY);

  private final Resources resources;

  PolicySorter(Resources resources) {
    this.resources = resources;
  }

  private record PlacedTier(String name, boolean exists, Tier tier)
      implements Comparable<PlacedTier> {
    private static final Comparator<PlacedTier> ORDER =
        Comparator.comparing(PlacedTier::exists, Comparator.reverseOrder())
            .thenComparingDouble(placed -> number(placed.tier.order()))
            .thenComparing(PlacedTier::name);

    @Override
    public int compareTo(PlacedTier other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A policy and what decides its place.
   *
   * @param name by which ties are broken; made once, as a policy is compared many times
   */
  private record PlacedPolicy(PolicyKey key, Policy policy, double order, String name) {
    private static final Comparator<PlacedPolicy> ORDER =
        Comparator.comparingDouble(PlacedPolicy::order)
            .thenComparing(PlacedPolicy::name)
            .thenComparing(PlacedPolicy::key);

    static PlacedPolicy asV3x14(PolicyKey key, Policy policy) {
      return new PlacedPolicy(key, policy, number(policy.order()), key.id());
    }

    static PlacedPolicy asToday(PolicyKey key, Policy policy) {
      String name = key.name() + "/" + key.namespace() + "/" + key.kind().text();
      return new PlacedPolicy(key, policy, number(policy.order()), name);
    }
  }

  /** Those of the policies that have a say at a place, by the tiers that they are in. */
  List<TierPolicies> sort(Collection<PolicyKey> keys, PolicyPlace place) {
    boolean hasTiers = !resources.tiers().isEmpty();
    var byTier = new TreeMap<PlacedTier, List<PlacedPolicy>>();
    for (PolicyKey key : keys) {
      Policy policy = resources.policies().get(key);
      if (policy != null && place.has(policy)) {
        byTier
            .computeIfAbsent(place(policy.tier()), tier -> new ArrayList<>())
            .add(hasTiers ? PlacedPolicy.asToday(key, policy) : PlacedPolicy.asV3x14(key, policy));
      }
    }
    var sorted = new ArrayList<TierPolicies>(byTier.size());
    byTier.forEach(
        (tier, policies) -> {
          policies.sort(PlacedPolicy.ORDER);
          sorted.add(tierPolicies(tier, policies, place));
        });
    sorted.removeIf(tier -> tier.ingress().isEmpty() && tier.egress().isEmpty());
    return sorted;
  }

  private PlacedTier place(String name) {
    Tier tier = resources.tiers().get(new TierKey(name));
    if (tier == null && name.equals(Tier.DEFAULT_NAME)) {
      tier = Tier.DEFAULT;
    }
    return new PlacedTier(name, tier != null, tier == null ? NO_TIER : tier);
  }

  private static TierPolicies tierPolicies(
      PlacedTier placed, List<PlacedPolicy> policies, PolicyPlace place) {
    return new TierPolicies(
        placed.name,
        place.defaultAction(placed.tier),
        keys(policies, Policy::ingress),
        keys(policies, place::asksOfEgress));
  }

  private static List<PolicyKey> keys(List<PlacedPolicy> policies, Predicate<Policy> direction) {
    return policies.stream()
        .filter(placed -> direction.test(placed.policy))
        .map(PlacedPolicy::key)
        .toList();
  }

  /** Adding zero makes -0 and 0 the same. */
  private static double number(@Nullable Double order) {
    return order == null ? Double.POSITIVE_INFINITY : order + 0.0;
  }
}
