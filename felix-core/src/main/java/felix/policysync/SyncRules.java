package felix.policysync;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.IpSetId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of a policy or profile as they are now. Compared by identity: other rules, another. */
final class SyncRules {
  private final ActiveRules rules;
  private final Set<IpSetId> ipSets = new LinkedHashSet<>();

  SyncRules(ActiveRules rules) {
    this.rules = rules;
    collect(rules.ingress());
    collect(rules.egress());
  }

  ActiveRules rules() {
    return rules;
  }

  /** All that the rules name. */
  Collection<IpSetId> ipSets() {
    return ipSets;
  }

  private void collect(List<ActiveRule> rules) {
    for (ActiveRule rule : rules) {
      collect(rule.source());
      collect(rule.destination());
    }
  }

  private void collect(ActiveEntity entity) {
    ipSets.addAll(entity.ipSets());
    ipSets.addAll(entity.notIpSets());
    ipSets.addAll(entity.portSets());
    ipSets.addAll(entity.notPortSets());
  }
}
