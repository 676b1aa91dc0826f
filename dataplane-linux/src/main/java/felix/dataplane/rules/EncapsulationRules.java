package felix.dataplane.rules;

import felix.delta.Encapsulations;
import felix.delta.IpSetId;
import felix.model.IpVersion;
import felix.model.Protocol;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may send us packets wrapped as the overlay does, and to whom we may. Whoever could send them
 * from elsewhere would get past the policy of workloads: what is inside claims any source. Where
 * there is no overlay there are no rules, since nobody unwraps.
 */
record EncapsulationRules(RuleSettings settings, Encapsulations in, IpVersion version) {
  private static final Match OF_IPIP = new Match.OfProtocol(Protocol.ofNumber(4), false);
  private static final Match OF_UDP = new Match.OfProtocol(Protocol.ofNumber(17), false);

  List<Rule> input() {
    var toUs = new Match.IsLocal(Side.DESTINATION, false, false);
    var rules = new ArrayList<Rule>();
    if (in.ipip()) {
      DenyAction deny = settings.verdicts().deny();
      rules.add(
          Rule.of(allow(), OF_IPIP, hosts(Side.SOURCE), toUs)
              .withComment("Allow IPIP packets from Calico hosts"));
      rules.add(
          Rule.of(deny.action(), OF_IPIP)
              .withComment(deny.word() + " IPIP packets from non-Calico hosts"));
    }
    if (in.vxlan()) {
      rules.add(
          Rule.of(allow(), OF_UDP, toVxlanPort(), vteps(Side.SOURCE), toUs)
              .withComment("Allow VXLAN packets from whitelisted hosts"));
      rules.add(
          // Dropped whatever is configured, as in Felix: whoever forges them gets no answer.
          Rule.of(new Action.Drop(), OF_UDP, toVxlanPort(), toUs)
              .withComment("Drop VXLAN packets from non-whitelisted hosts"));
    }
    return rules;
  }

  /** Host endpoint policy comes later: it cannot cut the overlay by mistake. */
  List<Rule> output() {
    var fromUs = new Match.IsLocal(Side.SOURCE, false, false);
    var rules = new ArrayList<Rule>();
    if (in.ipip()) {
      rules.add(
          Rule.of(allow(), OF_IPIP, hosts(Side.DESTINATION), fromUs)
              .withComment("Allow IPIP packets to other Calico hosts"));
    }
    if (in.vxlan()) {
      rules.add(
          Rule.of(allow(), OF_UDP, toVxlanPort(), fromUs, vteps(Side.DESTINATION))
              .withComment("Allow VXLAN packets to other whitelisted hosts"));
    }
    return rules;
  }

  /**
   * VXLAN uses another source port in each direction, so that connection tracking would never see
   * an answer and keep an entry for each.
   */
  List<Rule> untracked() {
    return in.vxlan() ? List.of(Rule.of(new Action.NoTrack(), OF_UDP, toVxlanPort())) : List.of();
  }

  private Match toVxlanPort() {
    return Match.OfPorts.of(Side.DESTINATION, settings.encapsulated().vxlanPort());
  }

  private Match hosts(Side side) {
    return inSet(side, FixedIpSets.ALL_HOSTS);
  }

  private Match vteps(Side side) {
    return inSet(side, FixedIpSets.ALL_VTEPS);
  }

  private Match inSet(Side side, IpSetId set) {
    return new Match.InIpSet(side, IpSetNames.kernelName(version, set), false);
  }

  private Action allow() {
    return settings.verdicts().filter().action();
  }
}
