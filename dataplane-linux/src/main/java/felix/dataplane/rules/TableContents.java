package felix.dataplane.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What of a table does not depend on any endpoint.
 *
 * @param chains by name
 * @param hooks by the kernel's chain: the rules in it that lead to ours
 */
public record TableContents(Map<String, Chain> chains, Map<String, List<Rule>> hooks) {
  static TableContents of(SequencedMap<String, String> hooks, List<Chain> chains) {
    var byName = new LinkedHashMap<String, Chain>();
    chains.forEach(chain -> byName.put(chain.name(), chain));
    var rules = new LinkedHashMap<String, List<Rule>>();
    hooks.forEach((kernel, ours) -> rules.put(kernel, List.of(Rule.of(new Action.Jump(ours)))));
    return new TableContents(byName, rules);
  }
}
