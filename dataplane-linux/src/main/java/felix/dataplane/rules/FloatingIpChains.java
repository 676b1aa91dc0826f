package felix.dataplane.rules;

import felix.model.AddressTranslation;
import felix.model.Ip;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nat table's chains for floating IPs. What is sent to one goes to the workload that has it.
 * What a workload sends to its own comes back to it from there: nobody takes a packet from himself
 * that arrives by wire. All else that it sends keeps its address.
 */
public final class FloatingIpChains {
  private static final Comparator<Ip> BY_TEXT = Comparator.comparing(Ip::toString);

  private final FullyRandom random;

  public FloatingIpChains(FullyRandom random) {
    this.random = random;
  }

  /**
   * Both chains, in the order of the addresses as text. Of several internal addresses for one
   * external the one counts that comes first so, and likewise of several external ones for what
   * comes back: the order of Felix.
   */
  public List<Chain> of(Collection<AddressTranslation> translations) {
    var internal = new TreeMap<Ip, Ip>(BY_TEXT);
    for (var translation : translations) {
      internal.merge(translation.external(), translation.internal(), FloatingIpChains::first);
    }
    var external = new TreeMap<Ip, Ip>(BY_TEXT);
    internal.forEach((from, to) -> external.merge(to, from, FloatingIpChains::first));
    return List.of(
        new Chain(ChainNames.FLOATING_IP_DNAT, in(internal)),
        new Chain(ChainNames.FLOATING_IP_SNAT, back(external)));
  }

  private static List<Rule> in(SortedMap<Ip, Ip> internalByExternal) {
    return internalByExternal.entrySet().stream()
        .map(
            entry ->
                Rule.of(
                    new Action.DestinationNat(entry.getValue()),
                    new Match.IsAddress(Side.DESTINATION, entry.getKey())))
        .toList();
  }

  private List<Rule> back(SortedMap<Ip, Ip> externalByInternal) {
    return externalByInternal.entrySet().stream().map(this::back).toList();
  }

  private Rule back(Entry<Ip, Ip> entry) {
    return Rule.of(
        new Action.SourceNat(entry.getValue(), null, random.snat()),
        new Match.IsAddress(Side.DESTINATION, entry.getKey()),
        new Match.IsAddress(Side.SOURCE, entry.getKey()));
  }

  private static Ip first(Ip a, Ip b) {
    return BY_TEXT.compare(a, b) <= 0 ? a : b;
  }
}
