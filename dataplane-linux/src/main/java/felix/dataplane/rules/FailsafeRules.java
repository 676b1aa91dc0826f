package felix.dataplane.rules;

import felix.model.Cidr;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;

/** The ports that stay open whatever host endpoint policy says, in one family. */
record FailsafeRules(RuleSettings.FailsafePorts ports, IpVersion version) {
  List<Rule> inbound() {
    return rules(ports.inbound(), Side.DESTINATION, Side.SOURCE);
  }

  List<Rule> outbound() {
    return rules(ports.outbound(), Side.DESTINATION, Side.DESTINATION);
  }

  /** In the raw table, which no connection tracking precedes: also answers to what went out. */
  List<Rule> inboundUntracked() {
    return both(inbound(), rules(ports.outbound(), Side.SOURCE, Side.SOURCE));
  }

  /** In the raw table: also answers to what came in. */
  List<Rule> outboundUntracked() {
    return both(outbound(), rules(ports.inbound(), Side.SOURCE, Side.DESTINATION));
  }

  /**
   * A rule for each port that is not for the other family only.
   *
   * @param side whose port it is
   * @param other where the other end is
   */
  private List<Rule> rules(List<FailsafePort> ports, Side side, Side other) {
    return ports.stream()
        .filter(port -> port.net() == null || port.net().version() == version)
        .map(port -> accept(port, side, other))
        .toList();
  }

  private static Rule accept(FailsafePort port, Side side, Side other) {
    var matches = new ArrayList<Match>();
    matches.add(new Match.OfProtocol(port.protocol(), false));
    matches.add(Match.OfPorts.of(side, port.port()));
    Cidr net = port.net();
    if (net != null) {
      matches.add(new Match.InNet(other, net, false));
    }
    return new Rule(matches, new Action.Accept(), List.of());
  }

  private static List<Rule> both(List<Rule> first, List<Rule> second) {
    var rules = new ArrayList<>(first);
    rules.addAll(second);
    return rules;
  }
}
