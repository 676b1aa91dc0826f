package felix.dataplane.rules;

import felix.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What iptables and the kernel demand of a rule. One that does not meet it has the whole table
 * refused.
 */
final class KernelDemands {
  private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 33, 132, 136);

  private static final Set<Integer> NAT_WITH_PORTS = Set.of(6, 17, 33, 132);

  private KernelDemands() {}

  static void check(Chain chain) {
    for (var rule : chain.rules()) {
      var problem = problem(rule.matches()) + problem(rule.action(), rule.matches());
      if (!problem.isEmpty()) {
        throw new AssertionError(problem + " in " + chain.name() + ": " + rule);
      }
    }
  }

  private static String problem(List<Match> matches) {
    var protocols = of(matches, Match.OfProtocol.class);
    if (protocols.size() > 1) {
      return "multiple -p flags not allowed";
    }
    int protocol =
        protocols.stream()
            .filter(match -> !match.negated())
            .map(Match.OfProtocol::protocol)
            .mapToInt(Protocol::number)
            .findFirst()
            .orElse(-1);
    var nets = of(matches, Match.InNet.class);
    var sides = new ArrayList<>(nets.stream().map(Match.InNet::side).toList());
    of(matches, Match.IsAddress.class).forEach(match -> sides.add(match.side()));
    if (sides.stream().distinct().count() < sides.size()) {
      return "multiple networks of one side";
    }
    if (nets.stream().anyMatch(match -> match.negated() && match.net().prefixLength() == 0)) {
      return "everything negated, which iptables-nft refuses";
    }
    if (!of(matches, Match.OfPorts.class).isEmpty() && !WITH_PORTS.contains(protocol)) {
      return "multiport needs a protocol with ports";
    }
    if (of(matches, Match.OfIcmp.class).stream()
        .anyMatch(match -> protocol != FamilyRule.icmpOf(match.version()).number())) {
      return "ICMP type without ICMP";
    }
    return "";
  }

  private static String problem(Action action, List<Match> matches) {
    boolean ports =
        (action instanceof Action.Masquerade masquerade && masquerade.ports() != null)
            || (action instanceof Action.SourceNat sourceNat && sourceNat.ports() != null);
    boolean ofProtocolWithPorts =
        of(matches, Match.OfProtocol.class).stream()
            .anyMatch(m -> !m.negated() && NAT_WITH_PORTS.contains(m.protocol().number()));
    return ports && !ofProtocolWithPorts ? "need TCP, UDP, SCTP or DCCP with port spec" : "";
  }

  private static <T extends Match> List<T> of(List<Match> matches, Class<T> type) {
    return matches.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
