package felix.dataplane.rules;

import felix.delta.Direction;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * The chains that every host has, for one family, and the rules that lead the kernel's chains to
 * them. The dispatch chains, which they jump to, are {@link DispatchChains}', those of floating IPs
 * {@link FloatingIpChains}' and that of spoofed sources {@link SpoofingChain}'s.
 */
public final class StaticChains {
  private final RuleSettings settings;
  private final FullyRandom random;
  private final IpVersion version;

  public StaticChains(RuleSettings settings, FullyRandom random, IpVersion version) {
    this.settings = settings;
    this.random = random;
    this.version = version;
  }

  /** The same chains in every state but for that which blocks services; only their rules differ. */
  public TableContents of(Table table, OverlayState overlay) {
    return switch (table) {
      case RAW -> raw(overlay);
      case MANGLE -> mangle();
      case NAT -> nat(overlay);
      case FILTER -> filter(overlay);
    };
  }

  private TableContents raw(OverlayState overlay) {
    var rules = new RawRules(settings, encapsulation(overlay));
    var failsafe = new FailsafeRules(settings.failsafePorts(), version);
    return TableContents.of(
        List.of("PREROUTING", "OUTPUT"),
        List.of(
            new Chain(ChainNames.PREROUTING, rules.prerouting()),
            new Chain(ChainNames.OUTPUT, rules.output()),
            new Chain(ChainNames.FAILSAFE_IN, failsafe.inboundUntracked()),
            new Chain(ChainNames.FAILSAFE_OUT, failsafe.outboundUntracked())));
  }

  private TableContents mangle() {
    var failsafe = new FailsafeRules(settings.failsafePorts(), version);
    return TableContents.of(
        List.of("PREROUTING"),
        List.of(
            new Chain(ChainNames.PREROUTING, manglePrerouting()),
            new Chain(ChainNames.FAILSAFE_IN, failsafe.inbound())));
  }

  private List<Rule> manglePrerouting() {
    var allow = settings.verdicts().mangle().action();
    var accepted = new Match.MarkSet(settings.marks().accept());
    return List.of(
        Rule.of(allow, new Match.InState(Match.ConnectionState.RELATED_OR_ESTABLISHED)),
        Rule.of(allow, accepted),
        Rule.of(new Action.Jump(ChainNames.FROM_HOST_ENDPOINT)),
        Rule.of(allow, accepted).withComment("Host endpoint policy accepted packet."));
  }

  private TableContents nat(OverlayState overlay) {
    var rules = new NatRules(settings, random, version);
    var dnat = Rule.of(new Action.Jump(ChainNames.FLOATING_IP_DNAT));
    return TableContents.of(
        List.of("PREROUTING", "OUTPUT", "POSTROUTING"),
        List.of(
            new Chain(ChainNames.PREROUTING, List.of(dnat)),
            new Chain(ChainNames.OUTPUT, List.of(dnat)),
            new Chain(ChainNames.POSTROUTING, rules.postrouting(overlay)),
            new Chain(ChainNames.NAT_OUTGOING, rules.outgoing(overlay.natOutgoing()))));
  }

  private TableContents filter(OverlayState overlay) {
    var rules = new FilterRules(settings, encapsulation(overlay), version);
    var failsafe = new FailsafeRules(settings.failsafePorts(), version);
    var services = overlay.serviceNetworks();
    var chains = new ArrayList<Chain>();
    if (rules.blocks(services)) {
      chains.add(new Chain(ChainNames.CIDR_BLOCK, rules.blocked(services)));
    }
    for (var direction : Direction.values()) {
      var start = new WorkloadRules(settings).start(direction);
      chains.add(new Chain(ChainNames.workloadStart(direction), start));
    }
    chains.addAll(
        List.of(
            sets(settings.marks().accept(), ChainNames.SET_ACCEPT),
            sets(settings.marks().pass(), ChainNames.SET_PASS),
            new Chain(ChainNames.INPUT, rules.input()),
            new Chain(ChainNames.FORWARD, rules.forward(services)),
            new Chain(ChainNames.OUTPUT, rules.output()),
            new Chain(ChainNames.WORKLOAD_TO_HOST, rules.workloadToHost()),
            new Chain(ChainNames.FAILSAFE_IN, failsafe.inbound()),
            new Chain(ChainNames.FAILSAFE_OUT, failsafe.outbound())));
    return TableContents.of(List.of("INPUT", "FORWARD", "OUTPUT"), chains);
  }

  private static Chain sets(int bit, String chain) {
    return new Chain(chain, List.of(Rule.of(new Action.SetMark(bit))));
  }

  private EncapsulationRules encapsulation(OverlayState overlay) {
    return new EncapsulationRules(settings, overlay.encapsulations(), version);
  }
}
