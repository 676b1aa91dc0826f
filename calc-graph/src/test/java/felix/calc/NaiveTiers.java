package felix.calc;

import felix.delta.TierPolicies;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.RuleAction;
import felix.model.Tier;
import felix.model.TierKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The part of {@link NaiveGraph} that puts policies in order. */
final class NaiveTiers {
  private final Map<ResourceKey, Resource> resources;

  NaiveTiers(Map<ResourceKey, Resource> resources) {
    this.resources = resources;
  }

  List<TierPolicies> of(List<PolicyKey> policies) {
    var byTier = new HashMap<String, List<PolicyKey>>();
    policies.forEach(
        key -> byTier.computeIfAbsent(policy(key).tier(), tier -> new ArrayList<>()).add(key));
    var tiers = new ArrayList<TierPolicies>();
    for (String name : sortedTiers(byTier.keySet())) {
      add(tierPolicies(name, byTier.getOrDefault(name, List.of())), tiers);
    }
    return tiers;
  }

  /** Those that leave it to others what they do not decide. */
  List<TierPolicies> thatPass(List<PolicyKey> policies) {
    return of(policies).stream()
        .map(t -> new TierPolicies(t.tier(), RuleAction.PASS, t.ingress(), t.egress()))
        .toList();
  }

  List<TierPolicies> thatPassWhatComesIn(List<PolicyKey> policies) {
    var tiers = new ArrayList<TierPolicies>();
    for (TierPolicies tier : thatPass(policies)) {
      add(new TierPolicies(tier.tier(), RuleAction.PASS, tier.ingress(), List.of()), tiers);
    }
    return tiers;
  }

  private static void add(TierPolicies tier, List<TierPolicies> to) {
    if (tier.ingress().size() + tier.egress().size() > 0) {
      to.add(tier);
    }
  }

  private List<String> sortedTiers(Set<String> names) {
    var ordered = new ArrayList<String>();
    var unordered = new TreeSet<String>();
    var missing = new TreeSet<String>();
    for (String name : new TreeSet<>(names)) {
      Tier tier = tier(name);
      if (tier == null) {
        missing.add(name);
      } else if (tier.order() == null) {
        unordered.add(name);
      } else {
        ordered.add(name);
      }
    }
    ordered.sort(Comparator.comparingDouble(name -> number(order(name))));
    ordered.addAll(unordered);
    ordered.addAll(missing);
    return ordered;
  }

  private @Nullable Double order(String tierName) {
    Tier tier = tier(tierName);
    return tier == null ? null : tier.order();
  }

  private @Nullable Tier tier(String name) {
    Resource tier = resources.get(new TierKey(name));
    if (tier == null && name.equals("default")) {
      return new Tier(1_000_000.0, RuleAction.DENY);
    }
    return (Tier) tier;
  }

  private TierPolicies tierPolicies(String name, List<PolicyKey> keys) {
    var sorted = new TreeMap<Double, TreeSet<PolicyKey>>();
    boolean today = resources.keySet().stream().anyMatch(key -> key instanceof TierKey);
    Comparator<PolicyKey> ties =
        today
            ? Comparator.comparing(key -> key.name() + "/" + key.namespace() + "/" + kind(key))
            : Comparator.naturalOrder();
    for (PolicyKey key : keys) {
      sorted.computeIfAbsent(number(policy(key).order()), n -> new TreeSet<>(ties)).add(key);
    }
    var ingress = new ArrayList<PolicyKey>();
    var egress = new ArrayList<PolicyKey>();
    sorted.values().stream()
        .flatMap(Set::stream)
        .forEach(
            key -> {
              if (policy(key).ingress()) {
                ingress.add(key);
              }
              if (policy(key).egress()) {
                egress.add(key);
              }
            });
    Tier tier = tier(name);
    RuleAction action = tier == null ? RuleAction.DENY : tier.defaultAction();
    return new TierPolicies(name, action, ingress, egress);
  }

  /** There are two zeros, and they are one order. */
  private static double number(@Nullable Double order) {
    return order == null ? Double.MAX_VALUE : order == 0 ? 0.0 : order;
  }

  private static String kind(PolicyKey key) {
    return key.namespace().isEmpty() ? "GlobalNetworkPolicy" : "NetworkPolicy";
  }

  private Policy policy(PolicyKey key) {
    return (Policy) Objects.requireNonNull(resources.get(key));
  }
}
