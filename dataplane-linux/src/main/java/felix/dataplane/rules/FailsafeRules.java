package felix.dataplane.rules;

import java.util.ArrayList;
import java.util.List;

/** The ports that stay open whatever host endpoint policy says. */
record FailsafeRules(RuleSettings.FailsafePorts ports) {
  List<Rule> inbound() {
    return requests(ports.inbound());
  }

  List<Rule> outbound() {
    return requests(ports.outbound());
  }

  /** In the raw table, which no connection tracking precedes: also answers to what went out. */
  List<Rule> inboundUntracked() {
    return both(requests(ports.inbound()), answers(ports.outbound()));
  }

  /** In the raw table: also answers to what came in. */
  List<Rule> outboundUntracked() {
    return both(requests(ports.outbound()), answers(ports.inbound()));
  }

  private static List<Rule> requests(List<FailsafePort> ports) {
    return ports.stream().map(port -> accept(port, Side.DESTINATION)).toList();
  }

  private static List<Rule> answers(List<FailsafePort> ports) {
    return ports.stream().map(port -> accept(port, Side.SOURCE)).toList();
  }

  private static Rule accept(FailsafePort port, Side side) {
    return Rule.of(
        new Action.Accept(),
        new Match.OfProtocol(port.protocol(), false),
        Match.OfPorts.of(side, port.port()));
  }

  private static List<Rule> both(List<Rule> first, List<Rule> second) {
    var rules = new ArrayList<>(first);
    rules.addAll(second);
    return rules;
  }
}
