package felix.dataplane.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The chains of workload endpoints, the same in both families: established connections, then tier
 * by tier the policies, then the profiles. They end in a drop, or return with the accept bit set.
 *
 * <p>A kernel takes the longer for each change the more rules a table has. So of an endpoint's own
 * chain there is as little as can be: endpoints about which the same policies decide have these in
 * a chain that they {@linkplain #shared share}, and whoever has policies shares what comes before
 * ({@link ChainNames#workloadStart}) and {@linkplain #end after} them.
 */
public final class EndpointChains {
  private final WorkloadRules rules;
  private final DenyAction deny;

  public EndpointChains(RuleSettings settings) {
    this.rules = new WorkloadRules(settings);
    this.deny = settings.verdicts().deny(Table.FILTER);
  }

  /** An interface's chain, if it is the only one about which this decides. */
  public Chain alone(String interfaceName, WorkloadDecision decision) {
    return own(interfaceName, decision, rules.alone(decision));
  }

  /** An interface's chain that leads to the shared one. */
  public Chain sharing(String interfaceName, WorkloadDecision decision) {
    var go = Rule.of(new Action.Goto(ChainNames.workloadGroup(decision)));
    return own(interfaceName, decision, List.of(go));
  }

  /** What several endpoints share. */
  public Chain shared(WorkloadDecision decision) {
    return new Chain(ChainNames.workloadGroup(decision), rules.shared(decision));
  }

  /**
   * Where it goes on if no policy of the last tier allows a packet: a chain shared by all that end
   * likewise; none where it is the profiles alone that decide.
   */
  public Optional<Chain> end(WorkloadDecision decision) {
    return decision.asksPolicies()
        ? Optional.of(new Chain(ChainNames.workloadEnd(decision), rules.end(decision)))
        : Optional.empty();
  }

  /** The chains that find those of an interface. */
  public List<Chain> dispatch(Collection<String> interfaces) {
    return DispatchChains.workloads(interfaces, deny);
  }

  private Chain own(String interfaceName, WorkloadDecision decision, List<Rule> rest) {
    var all = new ArrayList<>(rules.known());
    all.addAll(rest);
    return new Chain(ChainNames.workload(decision.direction(), interfaceName), all);
  }
}
