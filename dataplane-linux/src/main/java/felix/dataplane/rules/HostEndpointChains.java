package felix.dataplane.rules;

import felix.delta.ActiveHost;
import felix.delta.Direction;
import felix.delta.TierPolicies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The chains of an interface that has a host endpoint, table by table, the same in both families.
 * An interface is named as the kernel does, or {@link ChainNames#ANY_INTERFACE}.
 *
 * <ul>
 *   <li>raw: untracked policy, for what comes in and what the host sends. Allowed packets are not
 *       tracked; what no policy decides goes on.
 *   <li>mangle: policy before a destination is translated, for what comes in; likewise.
 *   <li>filter: for the host's own traffic policies and profiles, that end in a drop; for what it
 *       forwards policies only, and without any all is allowed.
 * </ul>
 *
 * In all but the last one the failsafe ports come before policy.
 */
public final class HostEndpointChains {
  private final RuleSettings settings;

  public HostEndpointChains(RuleSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether an interface has chains in the table. Not where it has no policy for it: every packet
   * passes the raw and the mangle table. In the raw table all interfaces together never have, as in
   * v3.14.
   */
  public boolean areIn(Table table, String interfaceName, ActiveHost host) {
    return switch (table) {
      case RAW -> !isAny(interfaceName) && !host.policies().untracked().isEmpty();
      case MANGLE -> !host.policies().preDnat().isEmpty();
      case NAT -> false;
      case FILTER -> true;
    };
  }

  /** Those of one interface in a table that it has chains in. */
  public List<Chain> endpoint(Table table, String interfaceName, ActiveHost host) {
    var policies = host.policies();
    return switch (table) {
      case RAW ->
          List.of(
              untracked(interfaceName, Direction.INGRESS, policies.untracked()),
              untracked(interfaceName, Direction.EGRESS, policies.untracked()));
      case MANGLE -> List.of(preDnat(interfaceName, policies.preDnat()));
      case NAT -> List.of();
      case FILTER ->
          List.of(
              own(interfaceName, Direction.INGRESS, host),
              own(interfaceName, Direction.EGRESS, host),
              forwarded(interfaceName, Direction.INGRESS, policies.forwarded()),
              forwarded(interfaceName, Direction.EGRESS, policies.forwarded()));
    };
  }

  /**
   * The chains that find those of an interface. The roots are among them whatever there is.
   *
   * @param interfaces that have chains in the table
   */
  public List<Chain> dispatch(Table table, Collection<String> interfaces) {
    return DispatchChains.hosts(table, interfaces);
  }

  static boolean isAny(String interfaceName) {
    return interfaceName.equals(ChainNames.ANY_INTERFACE);
  }

  private Chain untracked(String name, Direction direction, List<TierPolicies> tiers) {
    var rules = new EndpointRules(settings, Table.RAW);
    var all = new ArrayList<Rule>();
    all.add(failsafe(direction));
    all.add(rules.clearAccept());
    all.addAll(rules.tiers(tiers, direction));
    return new Chain(ChainNames.host(direction, name), all);
  }

  private Chain preDnat(String name, List<TierPolicies> tiers) {
    var rules = new EndpointRules(settings, Table.MANGLE);
    var all = new ArrayList<>(rules.connections());
    all.add(failsafe(Direction.INGRESS));
    all.add(rules.clearAccept());
    all.addAll(rules.tiers(tiers, Direction.INGRESS));
    return new Chain(ChainNames.host(Direction.INGRESS, name), all);
  }

  private Chain own(String name, Direction direction, ActiveHost host) {
    var rules = new EndpointRules(settings, Table.FILTER);
    var all = new ArrayList<>(rules.connections());
    all.add(failsafe(direction));
    all.add(rules.clearAccept());
    all.addAll(rules.tiers(host.policies().tracked(), direction));
    all.addAll(rules.profiles(host.profiles(), direction));
    return new Chain(ChainNames.host(direction, name), all);
  }

  private Chain forwarded(String name, Direction direction, List<TierPolicies> tiers) {
    var rules = new EndpointRules(settings, Table.FILTER);
    var all = new ArrayList<>(rules.connections());
    all.add(rules.clearAccept());
    all.addAll(rules.tiers(tiers, direction));
    if (DecidingTier.of(tiers, direction, Table.FILTER).isEmpty()) {
      all.add(
          Rule.of(new Action.SetMark(settings.marks().accept()))
              .withComment("Allow forwarded traffic by default"));
      all.add(Rule.of(new Action.Return()).withComment("Return for accepted forward traffic"));
    }
    return new Chain(ChainNames.hostForward(direction, name), all);
  }

  private static Rule failsafe(Direction direction) {
    return Rule.of(
        new Action.Jump(
            switch (direction) {
              case INGRESS -> ChainNames.FAILSAFE_IN;
              case EGRESS -> ChainNames.FAILSAFE_OUT;
            }));
  }
}
