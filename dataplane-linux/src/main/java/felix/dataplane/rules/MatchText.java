package felix.dataplane.rules;

import felix.model.IcmpMatch;
import felix.model.PortRange;
import java.util.List;

/** Writes matches as iptables-restore reads them, word for word as Felix v3.14 does. */
final class MatchText {
  private MatchText() {}

  static String of(Match match) {
    return switch (match) {
      case Match.InInterface(var name) -> "--in-interface " + name;
      case Match.OutInterface(var name) -> "--out-interface " + name;
      case Match.OfProtocol(var protocol, var negated) -> not(negated) + "-p " + protocol.text();
      case Match.InNet(var side, var net, var negated) -> not(negated) + side(side) + " " + net;
      case Match.IsAddress(var side, var address) -> side(side) + " " + address;
      case Match.InIpSet(var side, var set, var negated) ->
          "-m set " + not(negated) + "--match-set " + set + " " + shortSide(side);
      case Match.InPortSet(var side, var set, var negated) ->
          "-m set " + not(negated) + "--match-set " + set + " " + twice(shortSide(side));
      case Match.OfPorts(var side, var ports, var negated) ->
          "-m multiport " + not(negated) + side(side) + "-ports " + list(ports);
      case Match.OfIcmp icmp -> icmp(icmp);
      case Match.MarkSet(var bits) -> "-m mark --mark " + hex(bits) + "/" + hex(bits);
      case Match.MarkClear(var bits) -> "-m mark --mark 0/" + hex(bits);
      case Match.InState(var state) -> "-m conntrack --ctstate " + state(state);
      case Match.ReversePathFails() -> "-m rpfilter --invert";
      case Match.Limited(var limit) ->
          "-m limit --limit " + limit.rate() + " --limit-burst " + limit.burst();
      case Match.IsLocal(var side, var ofOutInterface, var negated) ->
          "-m addrtype "
              + not(negated)
              + ("--" + shortSide(side) + "-type LOCAL")
              + (ofOutInterface ? " --limit-iface-out" : "");
    };
  }

  private static String list(List<PortRange> ports) {
    if (ports.size() == 1) {
      return ports.getFirst().toString();
    }
    var list = new StringBuilder();
    for (var range : ports) {
      list.append(list.isEmpty() ? "" : ",").append(range);
    }
    return list.toString();
  }

  static String hex(int bits) {
    return "0x" + Integer.toHexString(bits);
  }

  private static String icmp(Match.OfIcmp match) {
    String option =
        switch (match.version()) {
          case V4 -> "-m icmp " + not(match.negated()) + "--icmp-type ";
          case V6 -> "-m icmp6 " + not(match.negated()) + "--icmpv6-type ";
        };
    IcmpMatch icmp = match.icmp();
    return option + icmp.type() + (icmp.code() == null ? "" : "/" + icmp.code());
  }

  private static String state(Match.ConnectionState state) {
    return switch (state) {
      case RELATED_OR_ESTABLISHED -> "RELATED,ESTABLISHED";
      case INVALID -> "INVALID";
    };
  }

  private static String not(boolean negated) {
    return negated ? "! " : "";
  }

  private static String side(Side side) {
    return switch (side) {
      case SOURCE -> "--source";
      case DESTINATION -> "--destination";
    };
  }

  private static String shortSide(Side side) {
    return switch (side) {
      case SOURCE -> "src";
      case DESTINATION -> "dst";
    };
  }

  private static String twice(String word) {
    return word + "," + word;
  }
}
