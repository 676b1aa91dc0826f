package felix.dataplane.rules;

import felix.model.Cidr;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.Protocol;
import java.util.ArrayList;
import java.util.List;

/** The filter table's own rules: which chain decides a packet, and what an allowed one gets. */
record FilterRules(RuleSettings settings, EncapsulationRules encapsulation, IpVersion version) {
  private static final Protocol ICMPV6 = Protocol.ofNumber(58);

  /**
   * Without these the host could not be a router for workloads: multicast listener query, report
   * and done, router solicitation, neighbour solicitation and advertisement (RFC 4890, 4.4.1).
   */
  private static final List<Integer> ROUTER_ICMPV6_TYPES = List.of(130, 131, 132, 133, 135, 136);

  List<Rule> input() {
    var rules = new ArrayList<>(encapsulation.input());
    for (var pattern : settings.interfacePatterns()) {
      rules.add(
          Rule.of(new Action.Goto(ChainNames.WORKLOAD_TO_HOST), new Match.InInterface(pattern)));
    }
    rules.add(allowIfAccepted());
    rules.addAll(hostEndpoint(ChainNames.FROM_HOST_ENDPOINT));
    return rules;
  }

  /**
   * What is forwarded.
   *
   * @param serviceNetworks whose packets nobody has taken: what serves them has another address
   */
  List<Rule> forward(List<Cidr> serviceNetworks) {
    var marks = settings.marks();
    var rules = new ArrayList<Rule>();
    // The accept bit may come from the raw or the mangle table.
    rules.add(Rule.of(new Action.ClearMark(marks.all() & ~marks.accept())));
    rules.add(
        Rule.of(
            new Action.Jump(ChainNames.FROM_HOST_ENDPOINT_FORWARD),
            new Match.MarkClear(marks.accept())));
    for (var pattern : settings.interfacePatterns()) {
      rules.add(
          Rule.of(
              new Action.Jump(ChainNames.FROM_WORKLOAD_DISPATCH), new Match.InInterface(pattern)));
      rules.add(
          Rule.of(
              new Action.Jump(ChainNames.TO_WORKLOAD_DISPATCH), new Match.OutInterface(pattern)));
    }
    rules.add(Rule.of(new Action.Jump(ChainNames.TO_HOST_ENDPOINT_FORWARD)));
    if (blocks(serviceNetworks)) {
      rules.add(Rule.of(new Action.Jump(ChainNames.CIDR_BLOCK)));
    }
    rules.add(allowIfAccepted().withComment("Policy explicitly accepted packet."));
    return rules;
  }

  /** Whether there is anything to be blocked; else there is no chain for it, as in v3.14. */
  boolean blocks(List<Cidr> networks) {
    return !networks.isEmpty() && settings.extras().serviceLoops().action().isPresent();
  }

  /** Packets to services would go to the router that sent them, round and round. */
  List<Rule> blocked(List<Cidr> networks) {
    return settings.extras().serviceLoops().action().stream()
        .flatMap(
            action ->
                networks.stream()
                    .map(net -> Rule.of(action, new Match.InNet(Side.DESTINATION, net, false))))
        .toList();
  }

  List<Rule> output() {
    var rules = new ArrayList<Rule>();
    rules.add(allowIfAccepted());
    // What the host itself sends to a workload here is not policed.
    for (var pattern : settings.interfacePatterns()) {
      rules.add(Rule.of(new Action.Return(), new Match.OutInterface(pattern)));
    }
    rules.addAll(encapsulation.output());
    rules.addAll(hostEndpoint(ChainNames.TO_HOST_ENDPOINT));
    return rules;
  }

  List<Rule> workloadToHost() {
    var rules = new ArrayList<Rule>();
    if (version == IpVersion.V6) {
      for (int type : ROUTER_ICMPV6_TYPES) {
        rules.add(
            Rule.of(
                allow(),
                new Match.OfProtocol(ICMPV6, false),
                new Match.OfIcmp(IpVersion.V6, new IcmpMatch(type, null), false)));
      }
    }
    rules.add(Rule.of(new Action.Jump(ChainNames.FROM_WORKLOAD_DISPATCH)));
    rules.add(
        Rule.of(settings.endpointToHost().action())
            .withComment("Configured DefaultEndpointToHostAction"));
    return rules;
  }

  private List<Rule> hostEndpoint(String dispatch) {
    return List.of(
        Rule.of(new Action.ClearMark(settings.marks().all())),
        Rule.of(new Action.Jump(dispatch)),
        allowIfAccepted().withComment("Host endpoint policy accepted packet."));
  }

  private Rule allowIfAccepted() {
    return Rule.of(allow(), new Match.MarkSet(settings.marks().accept()));
  }

  private Action allow() {
    return settings.verdicts().filter().action();
  }
}
