package felix.dataplane.iptables;

import felix.dataplane.rules.RenderedRule;
import java.util.List;

/**
 * What is compared of a chain.
 *
 * @param hashes of our rules in order; of a rule in a chain of ours that carries none, ""
 * @param inPlace whether they stand where they are wanted; in a chain of our own they always do
 */
record ChainHashes(List<String> hashes, boolean inPlace) {
  ChainHashes {
    hashes = List.copyOf(hashes);
  }

  static ChainHashes of(List<RenderedRule> rules) {
    return new ChainHashes(rules.stream().map(RenderedRule::hash).toList(), true);
  }
}
