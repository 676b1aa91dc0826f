package felix.calc;

import felix.calc.RuleScan.DefinitionCache;
import felix.calc.index.RefCounts;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.Changes;
import felix.delta.IpSetId;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the selectors in rules by IP sets, and finds out which IP sets are needed. Does not keep
 * the rules: those before a change are scanned once more.
 */
final class RuleScanner {
  /** How many policies and profiles use each. */
  private final RefCounts<IpSetId> uses = new RefCounts<>();

  ScannedRules apply(RulesInUse rules) {
    var cache = new DefinitionCache();
    var ipSets = new Changes<IpSetId, IpSetDefinition>();
    return new ScannedRules(
        policies(rules.policies(), cache, ipSets),
        profiles(rules.profiles(), cache, ipSets),
        ipSets);
  }

  /** How many IP sets are needed. */
  int size() {
    return uses.size();
  }

  private Changes<PolicyKey, ActivePolicy> policies(
      Changes<PolicyKey, Policy> changes,
      DefinitionCache cache,
      Changes<IpSetId, IpSetDefinition> ipSets) {
    var scanned = new Changes<PolicyKey, ActivePolicy>();
    for (var change : changes) {
      Policy before = change.before();
      Policy after = change.after();
      RuleScan scanBefore = before == null ? null : new RuleScan(before.rules(), cache);
      RuleScan scanAfter = after == null ? null : new RuleScan(after.rules(), cache);
      exchange(scanBefore, scanAfter, ipSets);
      scanned.record(change.key(), active(before, scanBefore), active(after, scanAfter));
    }
    return scanned;
  }

  private Changes<String, ActiveRules> profiles(
      Changes<String, Rules> changes,
      DefinitionCache cache,
      Changes<IpSetId, IpSetDefinition> ipSets) {
    var scanned = new Changes<String, ActiveRules>();
    for (var change : changes) {
      RuleScan before = scan(change.before(), cache);
      RuleScan after = scan(change.after(), cache);
      exchange(before, after, ipSets);
      scanned.record(change.key(), rules(before), rules(after));
    }
    return scanned;
  }

  private void exchange(
      @Nullable RuleScan before,
      @Nullable RuleScan after,
      Changes<IpSetId, IpSetDefinition> ipSets) {
    use(after, ipSets);
    release(before, ipSets);
  }

  private static @Nullable ActivePolicy active(@Nullable Policy policy, @Nullable RuleScan scan) {
    return policy == null || scan == null
        ? null
        : new ActivePolicy(policy.tier(), policy.stage(), scan.rules());
  }

  private static @Nullable RuleScan scan(@Nullable Rules rules, DefinitionCache cache) {
    return rules == null ? null : new RuleScan(rules, cache);
  }

  private static @Nullable ActiveRules rules(@Nullable RuleScan scan) {
    return scan == null ? null : scan.rules();
  }

  private void use(@Nullable RuleScan scan, Changes<IpSetId, IpSetDefinition> ipSets) {
    if (scan == null) {
      return;
    }
    for (IpSetDefinition definition : scan.ipSets().values()) {
      if (uses.increment(definition.id())) {
        ipSets.record(definition.id(), null, definition);
      }
    }
  }

  private void release(@Nullable RuleScan scan, Changes<IpSetId, IpSetDefinition> ipSets) {
    if (scan == null) {
      return;
    }
    for (IpSetDefinition definition : scan.ipSets().values()) {
      if (uses.decrement(definition.id())) {
        ipSets.record(definition.id(), definition, null);
      }
    }
  }
}
