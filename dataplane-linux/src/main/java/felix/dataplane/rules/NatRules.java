package felix.dataplane.rules;

import felix.delta.IpSetId;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nat table: which packets get another source address on their way out. */
record NatRules(RuleSettings settings, FullyRandom random, IpVersion version) {
  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65535;
  private static final Match OF_UDP = new Match.OfProtocol(Protocol.ofNumber(17), false);

  List<Rule> postrouting(OverlayState overlay) {
    var rules = new ArrayList<Rule>();
    rules.add(Rule.of(new Action.Jump(ChainNames.FLOATING_IP_SNAT)));
    rules.add(Rule.of(new Action.Jump(ChainNames.NAT_OUTGOING)));
    for (var tunnel : overlay.tunnels()) {
      rules.addAll(tunnel(tunnel, overlay.encapsulations().vxlan()));
    }
    return rules;
  }

  /**
   * The host's own packets into a tunnel get the tunnel's address, by which the other end finds the
   * way back. Packets of workloads have no local source and stay as they are.
   */
  private List<Rule> tunnel(String name, boolean vxlan) {
    Match into = new Match.OutInterface(name);
    Match notTunnels = new Match.IsLocal(Side.SOURCE, true, true);
    Match hosts = new Match.IsLocal(Side.SOURCE, false, false);
    var rules = new ArrayList<Rule>();
    if (vxlan) {
      rules.add(Rule.of(masquerade(exceptVxlanPort()), OF_UDP, into, notTunnels, hosts));
    }
    rules.add(Rule.of(masquerade(null), into, notTunnels, hosts));
    return rules;
  }

  /**
   * Ports for packets whose answers must not be taken for VXLAN and dropped: the larger range
   * beside VXLAN's port, as in today's Felix, without privileged ones. iptables takes only one.
   */
  private PortRange exceptVxlanPort() {
    int port = settings.encapsulated().vxlanPort();
    return port - LOWEST_PORT >= HIGHEST_PORT - port
        ? new PortRange(LOWEST_PORT, port - 1)
        : new PortRange(Math.max(port + 1, LOWEST_PORT), HIGHEST_PORT);
  }

  /** Packets from pools that want it to what is in no pool. */
  List<Rule> outgoing(boolean natOutgoing) {
    if (!natOutgoing) {
      return List.of();
    }
    var rules = new ArrayList<Rule>();
    var ports = settings.nat().ports();
    if (ports != null) {
      for (var protocol : List.of(Protocol.TCP, Protocol.UDP)) {
        rules.add(new Rule(toTheWorld(protocol), translate(ports), List.of()));
        rules.add(new Rule(toTheWorld(protocol), new Action.Return(), List.of()));
      }
    }
    rules.add(new Rule(toTheWorld(null), translate(null), List.of()));
    return rules;
  }

  private List<Match> toTheWorld(@Nullable Protocol protocol) {
    var matches = new ArrayList<Match>();
    matches.add(inSet(Side.SOURCE, FixedIpSets.MASQUERADED_POOLS, false));
    matches.add(inSet(Side.DESTINATION, FixedIpSets.ALL_POOLS, true));
    if (settings.nat().exceptHosts()) {
      matches.add(inSet(Side.DESTINATION, FixedIpSets.ALL_HOSTS, true));
    }
    if (protocol != null) {
      matches.add(new Match.OfProtocol(protocol, false));
    }
    if (!settings.nat().interfaceFilter().isEmpty()) {
      matches.add(new Match.OutInterface(settings.nat().interfaceFilter()));
    }
    return matches;
  }

  private Match inSet(Side side, IpSetId set, boolean negated) {
    return new Match.InIpSet(side, IpSetNames.kernelName(version, set), negated);
  }

  /** An address of the other family is of no use here. */
  private Action translate(@Nullable PortRange ports) {
    Ip address = settings.nat().address();
    return address == null || address.version() != version
        ? masquerade(ports)
        : new Action.SourceNat(address, ports, random.snat());
  }

  private Action masquerade(@Nullable PortRange ports) {
    return new Action.Masquerade(ports, random.masquerade());
  }
}
