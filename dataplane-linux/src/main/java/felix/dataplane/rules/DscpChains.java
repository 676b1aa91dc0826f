package felix.dataplane.rules;

import felix.delta.IpSetId;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.List;
import java.util.SortedMap;

/**
 * The mangle table's chains that mark what workloads send to the world, for one family. Where no
 * workload asks for it there are none, as in v3.14.
 */
public final class DscpChains {
  private final IpVersion version;

  public DscpChains(IpVersion version) {
    this.version = version;
  }

  /** What leads the kernel's POSTROUTING to the chains. */
  public static List<Rule> hook() {
    return List.of(Rule.of(new Action.Jump(ChainNames.POSTROUTING)));
  }

  /**
   * The chains.
   *
   * @param marks by the sender's address; those are the members of {@link FixedIpSets#DSCP_SOURCES}
   */
  public List<Chain> of(SortedMap<Ip, Integer> marks) {
    var toTheWorld =
        Rule.of(
                new Action.Jump(ChainNames.EGRESS_DSCP),
                inSet(Side.SOURCE, FixedIpSets.DSCP_SOURCES, false),
                inSet(Side.DESTINATION, FixedIpSets.ALL_POOLS, true))
            .withComment("set dscp for traffic leaving cluster.");
    return List.of(
        new Chain(ChainNames.POSTROUTING, List.of(toTheWorld)),
        new Chain(
            ChainNames.EGRESS_DSCP,
            marks.entrySet().stream()
                .map(
                    entry ->
                        Rule.of(
                            new Action.SetDscp(entry.getValue()),
                            new Match.IsAddress(Side.SOURCE, entry.getKey())))
                .toList()));
  }

  private Match inSet(Side side, IpSetId set, boolean negated) {
    return new Match.InIpSet(side, IpSetNames.kernelName(version, set), negated);
  }
}
