package felix.dataplane.rules;

import felix.delta.ActiveWorkload;
import felix.delta.Direction;
import felix.model.Protocol;
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

  private final RuleSettings settings;
  private final EndpointRules rules;

  public EndpointChains(RuleSettings settings) {
    this.settings = settings;
    this.rules = new EndpointRules(settings, Table.FILTER);
  }

  /** What goes to the workload, and what comes from it. */
  public List<Chain> workload(ActiveWorkload workload) {
    return List.of(
        chain(workload, Direction.INGRESS, List.of()),
        chain(workload, Direction.EGRESS, dropEncapsulated()));
  }

  /** The chains that find those of an interface. */
  public List<Chain> dispatch(Collection<String> interfaces) {
    return DispatchChains.workloads(interfaces, rules.deny());
  }

  private Chain chain(ActiveWorkload workload, Direction direction, List<Rule> first) {
    var all = new ArrayList<>(rules.connections());
    all.add(rules.clearAccept());
    all.addAll(first);
    all.addAll(rules.tiers(workload.tiers(), direction));
    all.addAll(rules.profiles(workload.profiles(), direction));
    return new Chain(ChainNames.workload(direction, workload.interfaceName()), all);
  }

  /** A workload could wrap its packets as the overlay does and so get round its policy. */
  private List<Rule> dropEncapsulated() {
    var deny = rules.deny();
    var drops = new ArrayList<Rule>();
    var encapsulated = settings.encapsulated();
    if (!encapsulated.vxlanFromWorkloads()) {
      drops.add(
          Rule.of(
                  deny.action(),
                  new Match.OfProtocol(UDP, false),
                  Match.OfPorts.of(Side.DESTINATION, encapsulated.vxlanPort()))
              .withComment(deny.word() + " VXLAN encapped packets originating in pods"));
    }
    if (!encapsulated.ipipFromWorkloads()) {
      drops.add(
          Rule.of(deny.action(), new Match.OfProtocol(IP_IN_IP, false))
              .withComment(deny.word() + " IPinIP encapped packets originating in pods"));
    }
    return drops;
  }
}
