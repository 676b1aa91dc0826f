package felix.dataplane.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a table does not depend on any endpoint.
 *
 * @param chains by name
 * @param hooks by the kernel's chain: the rules in it that lead to ours
 */
public record TableContents(Map<String, Chain> chains, Map<String, List<Rule>> hooks) {
  /**
   * Contents whose hooks lead each of the kernel's chains to ours of the same name.
   *
   * @param kernelChains the hooked ones
   */
  static TableContents of(List<String> kernelChains, List<Chain> chains) {
    var byName = new LinkedHashMap<String, Chain>();
    chains.forEach(chain -> byName.put(chain.name(), chain));
    var hooks = new LinkedHashMap<String, List<Rule>>();
    for (var kernelChain : kernelChains) {
      hooks.put(kernelChain, List.of(Rule.of(new Action.Jump(ChainNames.PREFIX + kernelChain))));
    }
    return new TableContents(byName, hooks);
  }
}
