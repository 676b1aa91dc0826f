package felix.dataplane.rules;

import felix.model.Cidr;
import java.util.List;
import java.util.SortedMap;

/**
 * The raw table's chain of packets that come from workloads with addresses that are not theirs, and
 * may. Accepted here means only that the reverse path is not looked at; policy is still to come.
 */
public final class SpoofingChain {
  private SpoofingChain() {}

  /**
   * The chain.
   *
   * @param sources by interface, of one family
   */
  public static Chain of(SortedMap<String, List<Cidr>> sources) {
    return new Chain(
        ChainNames.RPF_SKIP,
        sources.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(net -> accept(entry.getKey(), net)))
            .toList());
  }

  private static Rule accept(String interfaceName, Cidr source) {
    Tokens.checkOneInterface(interfaceName);
    return Rule.of(
        new Action.Accept(),
        new Match.InInterface(interfaceName),
        new Match.InNet(Side.SOURCE, source, false));
  }
}
