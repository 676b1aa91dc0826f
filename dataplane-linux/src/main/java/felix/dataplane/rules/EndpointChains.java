package felix.dataplane.rules;

import felix.delta.ActiveWorkload;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import felix.model.Protocol;
import felix.model.RuleAction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The two chains of a workload endpoint, the same in both families: established connections, then
 * tier by tier the policies, then the profiles. They end in a drop, or return with the accept bit
 * set.
 */
public final class EndpointChains {
  private static final Protocol IP_IN_IP = Protocol.ofNumber(4);
  private static final Protocol UDP = Protocol.ofNumber(17);

  /** The only tier that v3.14 knows. */
  private static final String DEFAULT_TIER = "default";

  private final RuleSettings settings;
  private final MarkBits marks;
  private final DenyAction deny;

  public EndpointChains(RuleSettings settings) {
    this.settings = settings;
    this.marks = settings.marks();
    this.deny = settings.verdicts().deny();
  }

  /** What goes to the workload, and what comes from it. */
  public List<Chain> workload(ActiveWorkload workload) {
    return List.of(
        chain(workload, Direction.INGRESS, List.of()),
        chain(workload, Direction.EGRESS, dropEncapsulated()));
  }

  /** The chains that find those of an interface. */
  public List<Chain> dispatch(Collection<String> interfaces) {
    return DispatchChains.workloads(interfaces, deny);
  }

  private Chain chain(ActiveWorkload workload, Direction direction, List<Rule> first) {
    var rules = new ArrayList<>(connections());
    rules.add(Rule.of(new Action.ClearMark(marks.accept())));
    rules.addAll(first);
    rules.addAll(tiers(workload.tiers(), direction));
    for (var profile : workload.profiles()) {
      rules.add(Rule.of(new Action.Jump(ChainNames.profile(direction, profile))));
      rules.add(returnIfAccepted().withComment("Return if profile accepted"));
    }
    rules.add(Rule.of(deny.action()).withComment(deny.word() + " if no profiles matched"));
    return new Chain(ChainNames.workload(direction, workload.interfaceName()), rules);
  }

  private List<Rule> connections() {
    var known = new Match.InState(Match.ConnectionState.RELATED_OR_ESTABLISHED);
    var rules = new ArrayList<Rule>();
    if (settings.verdicts().filter() == AllowAction.RETURN) {
      rules.add(Rule.of(new Action.SetMark(marks.accept()), known));
    }
    rules.add(Rule.of(settings.verdicts().filter().action(), known));
    if (settings.dropInvalid()) {
      rules.add(Rule.of(deny.action(), new Match.InState(Match.ConnectionState.INVALID)));
    }
    return rules;
  }

  /** A workload could wrap its packets as the overlay does and so get round its policy. */
  private List<Rule> dropEncapsulated() {
    var rules = new ArrayList<Rule>();
    var encapsulated = settings.encapsulated();
    if (!encapsulated.vxlanFromWorkloads()) {
      rules.add(
          Rule.of(
                  deny.action(),
                  new Match.OfProtocol(UDP, false),
                  Match.OfPorts.of(Side.DESTINATION, encapsulated.vxlanPort()))
              .withComment(deny.word() + " VXLAN encapped packets originating in pods"));
    }
    if (!encapsulated.ipipFromWorkloads()) {
      rules.add(
          Rule.of(deny.action(), new Match.OfProtocol(IP_IN_IP, false))
              .withComment(deny.word() + " IPinIP encapped packets originating in pods"));
    }
    return rules;
  }

  private List<Rule> tiers(List<TierPolicies> tiers, Direction direction) {
    var deciding = tiers.stream().filter(tier -> !policies(tier, direction).isEmpty()).toList();
    boolean asInV3_14 = deciding.size() == 1 && isOnlyTierOfV3_14(deciding.getFirst());
    var rules = new ArrayList<Rule>();
    for (var tier : deciding) {
      rules.addAll(tier(tier, direction, asInV3_14));
    }
    return rules;
  }

  private List<Rule> tier(TierPolicies tier, Direction direction, boolean asInV3_14) {
    var notPassed = new Match.MarkClear(marks.pass());
    var rules = new ArrayList<Rule>();
    rules.add(
        Rule.of(new Action.ClearMark(marks.pass()))
            .withComment(asInV3_14 ? "Start of policies" : "Start of tier " + tier.tier()));
    for (var policy : policies(tier, direction)) {
      rules.add(Rule.of(new Action.Jump(ChainNames.policy(direction, policy)), notPassed));
      rules.add(returnIfAccepted().withComment("Return if policy accepted"));
    }
    if (tier.defaultAction() == RuleAction.DENY) {
      String end = deny.word() + " if no policies passed packet";
      rules.add(
          Rule.of(deny.action(), notPassed)
              .withComment(asInV3_14 ? end : "End of tier " + tier.tier() + ". " + end));
    }
    return rules;
  }

  private Rule returnIfAccepted() {
    return Rule.of(new Action.Return(), new Match.MarkSet(marks.accept()));
  }

  private static boolean isOnlyTierOfV3_14(TierPolicies tier) {
    return tier.tier().equals(DEFAULT_TIER) && tier.defaultAction() == RuleAction.DENY;
  }

  private static List<PolicyKey> policies(TierPolicies tier, Direction direction) {
    return switch (direction) {
      case INGRESS -> tier.ingress();
      case EGRESS -> tier.egress();
    };
  }
}
