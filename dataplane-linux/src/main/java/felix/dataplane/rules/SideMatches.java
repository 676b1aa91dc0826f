package felix.dataplane.rules;

import felix.delta.ActiveEntity;
import felix.delta.IpSetId;
import felix.model.Cidr;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The matches of one side of a policy rule: which of them stand in the rule itself, which need a
 * block ahead of it. As in v3.14, apart from what v3.14 would have the kernel refuse.
 *
 * @param entity of one family, as {@link FamilyRule} leaves it
 * @param protocol of the rule; null: any
 */
record SideMatches(Side side, ActiveEntity entity, @Nullable Protocol protocol, IpVersion version) {
  /**
   * How many negated lists of one kind may stand in the rule itself. Keeps it below the 255 words
   * and 10,240 characters that iptables-restore takes a line.
   */
  private static final int MAX_NEGATED_INLINE = 4;

  /** Ports and named ports, which are alternatives. */
  void portBlock(MatchBlocks blocks) {
    if (portsNeedBlock()) {
      var alternatives = new ArrayList<>(ports(entity.ports()));
      entity.portSets().forEach(set -> alternatives.add(List.of(portSet(set, false))));
      blocks.anyOf(alternatives);
    }
  }

  void netBlock(MatchBlocks blocks) {
    if (netsNeedBlock()) {
      blocks.anyOf(alternativeNets(entity.nets()));
    }
  }

  void notNetBlock(MatchBlocks blocks) {
    if (notNetsNeedBlock()) {
      blocks.noneOf(alternativeNets(entity.notNets()));
    }
  }

  /** For what v3.14 has no block, because it leaves it to the kernel to refuse the rule. */
  void otherNegatedBlocks(MatchBlocks blocks) {
    if (notPortsNeedBlock()) {
      blocks.noneOf(ports(entity.notPorts()));
    }
    if (tooMany(entity.notPortSets())) {
      blocks.noneOf(each(entity.notPortSets(), set -> portSet(set, false)));
    }
    if (tooMany(entity.notIpSets())) {
      blocks.noneOf(each(entity.notIpSets(), set -> ipSet(set, false)));
    }
  }

  List<Match> inRule() {
    var matches = new ArrayList<Match>();
    if (!netsNeedBlock()) {
      entity.nets().forEach(net -> matches.add(new Match.InNet(side, net, false)));
    }
    entity.ipSets().forEach(set -> matches.add(ipSet(set, false)));
    if (!portsNeedBlock()) {
      PortSlots.split(entity.ports())
          .forEach(ports -> matches.add(new Match.OfPorts(side, ports, false)));
      entity.portSets().forEach(set -> matches.add(portSet(set, false)));
    }
    return matches;
  }

  List<Match> negatedInRule() {
    var matches = new ArrayList<Match>();
    if (!notNetsNeedBlock()) {
      entity.notNets().forEach(net -> matches.add(new Match.InNet(side, net, true)));
    }
    if (!tooMany(entity.notIpSets())) {
      entity.notIpSets().forEach(set -> matches.add(ipSet(set, true)));
    }
    if (!notPortsNeedBlock()) {
      PortSlots.split(entity.notPorts())
          .forEach(ports -> matches.add(new Match.OfPorts(side, ports, true)));
    }
    if (!tooMany(entity.notPortSets())) {
      entity.notPortSets().forEach(set -> matches.add(portSet(set, true)));
    }
    return matches;
  }

  private boolean portsNeedBlock() {
    boolean anyProtocol = protocol == null && !entity.ports().isEmpty();
    return anyProtocol || PortSlots.split(entity.ports()).size() + entity.portSets().size() > 1;
  }

  private boolean notPortsNeedBlock() {
    boolean anyProtocol = protocol == null && !entity.notPorts().isEmpty();
    return anyProtocol || tooMany(PortSlots.split(entity.notPorts()));
  }

  private boolean netsNeedBlock() {
    return entity.nets().size() > 1;
  }

  /** A rule of iptables holds one network a side, negated or not. */
  private boolean notNetsNeedBlock() {
    int netsInRule = netsNeedBlock() ? 0 : entity.nets().size();
    return !entity.notNets().isEmpty() && netsInRule + entity.notNets().size() > 1;
  }

  private static boolean tooMany(List<?> negated) {
    return negated.size() > MAX_NEGATED_INLINE;
  }

  /** With the protocol, or once for each protocol that has ports. */
  private List<List<Match>> ports(List<PortRange> ports) {
    var protocols = protocol == null ? Protocol.WITH_PORTS : List.of(protocol);
    var alternatives = new ArrayList<List<Match>>();
    for (var list : PortSlots.split(ports)) {
      for (var each : protocols) {
        alternatives.add(
            List.of(new Match.OfProtocol(each, false), new Match.OfPorts(side, list, false)));
      }
    }
    return alternatives;
  }

  private List<List<Match>> alternativeNets(List<Cidr> nets) {
    return nets.stream().map(net -> List.<Match>of(new Match.InNet(side, net, false))).toList();
  }

  private static List<List<Match>> each(List<IpSetId> sets, Function<IpSetId, Match> match) {
    return sets.stream().map(set -> List.of(match.apply(set))).toList();
  }

  private Match ipSet(IpSetId id, boolean negated) {
    return new Match.InIpSet(side, IpSetNames.kernelName(version, id), negated);
  }

  private Match portSet(IpSetId id, boolean negated) {
    return new Match.InPortSet(side, IpSetNames.kernelName(version, id), negated);
  }
}
