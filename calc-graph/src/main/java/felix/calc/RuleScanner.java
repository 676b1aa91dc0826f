package felix.calc;

import felix.calc.RuleScan.DefinitionCache;
import felix.calc.index.RefCounts;
import felix.delta.ActiveRules;
import felix.delta.Change;
import felix.delta.Changes;
import felix.delta.IpSetId;
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
        scan(rules.policies(), cache, ipSets), scan(rules.profiles(), cache, ipSets), ipSets);
  }

  /** How many IP sets are needed. */
  int size() {
    return uses.size();
  }

  private <K> Changes<K, ActiveRules> scan(
      Changes<K, Rules> changes, DefinitionCache cache, Changes<IpSetId, IpSetDefinition> ipSets) {
    var scanned = new Changes<K, ActiveRules>();
    for (Change<K, Rules> change : changes) {
      RuleScan before = scan(change.before(), cache);
      RuleScan after = scan(change.after(), cache);
      use(after, ipSets);
      release(before, ipSets);
      scanned.record(change.key(), rules(before), rules(after));
    }
    return scanned;
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
