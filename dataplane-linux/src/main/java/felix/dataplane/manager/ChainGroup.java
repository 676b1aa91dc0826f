package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chains of a table that are desired together: those that are no longer among them go, and those
 * that are as they were are not desired anew, which would have them rendered.
 */
final class ChainGroup {
  private final Desired<String, Chain> chains;
  private Map<String, Chain> desired = Map.of();

  /** None yet. */
  ChainGroup(Desired<String, Chain> chains) {
    this.chains = chains;
  }

  void replace(List<Chain> now) {
    var before = desired;
    desired = HashMap.newHashMap(now.size());
    now.forEach(chain -> desired.put(chain.name(), chain));
    for (var name : before.keySet()) {
      if (!desired.containsKey(name)) {
        chains.remove(name);
      }
    }
    for (var chain : now) {
      if (!chain.equals(before.get(chain.name()))) {
        chains.set(chain.name(), chain);
      }
    }
  }
}
