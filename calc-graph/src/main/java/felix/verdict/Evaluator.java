package felix.verdict;

import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Direction;
import felix.delta.TierPolicies;
import felix.model.PolicyKey;
import felix.model.RuleAction;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about connections as the rendered chains do: tier by tier the policies, then the
 * profiles. Host endpoints have no say yet.
 *
 * <p>Connections that the host itself opens to a workload are decided by nobody, and are not to be
 * asked about; those of a workload to the host, by the workload's policy alone, before {@code
 * DefaultEndpointToHostAction} comes.
 */
public final class Evaluator {
  private final PolicyState state;
  private final EncapsulatedTraffic encapsulated;

  public Evaluator(PolicyState state, EncapsulatedTraffic encapsulated) {
    this.state = state;
    this.encapsulated = encapsulated;
  }

  /**
   * Decides about a connection by its addresses. Where two endpoints have one of them there is a
   * verdict for each.
   *
   * @return empty if it is neither from nor to a workload of this host
   */
  public List<Verdict> decide(Connection connection) {
    List<WorkloadEndpointKey> senders = state.at(connection.source());
    List<WorkloadEndpointKey> receivers = state.at(connection.destination());
    var verdicts = new ArrayList<Verdict>();
    if (senders.isEmpty()) {
      receivers.forEach(to -> verdicts.add(decide(connection, null, to)));
    }
    for (var from : senders) {
      if (receivers.isEmpty()) {
        verdicts.add(decide(connection, from, null));
      }
      receivers.forEach(to -> verdicts.add(decide(connection, from, to)));
    }
    return verdicts;
  }

  /**
   * Decides about a connection between given ends.
   *
   * @param from the workload of this host that it is from, or null
   * @param to likewise to
   */
  public Verdict decide(
      Connection connection, @Nullable WorkloadEndpointKey from, @Nullable WorkloadEndpointKey to) {
    var walk = new Walk(connection);
    var verdicts = new ArrayList<EndpointVerdict>();
    if (from != null) {
      verdicts.add(walk.at(from, Direction.EGRESS));
    }
    if (to != null && verdicts.stream().allMatch(EndpointVerdict::allowed)) {
      verdicts.add(walk.at(to, Direction.INGRESS));
    }
    return new Verdict(verdicts);
  }

  /** One connection on its way through the policy of its endpoints. */
  private final class Walk {
    private final Connection connection;
    private final RuleMatcher matcher;

    /**
     * Whether a rule passed the connection. A mark of the packet, which only the beginning of a
     * tier clears: an endpoint without tiers finds what the one before left.
     */
    private boolean passed;

    private List<Step> steps = List.of();

    Walk(Connection connection) {
      this.connection = connection;
      this.matcher = new RuleMatcher(state, connection);
    }

    EndpointVerdict at(WorkloadEndpointKey endpoint, Direction direction) {
      steps = new ArrayList<>();
      ActiveWorkload workload = state.workload(endpoint);
      boolean allowed =
          workload != null
              && !isEncapsulated(direction)
              && decide(workload, direction) == RuleAction.ALLOW;
      if (steps.isEmpty() || (!allowed && !decides(steps.getLast()))) {
        steps.add(new Step.ByNobody());
      }
      return new EndpointVerdict(endpoint, direction, allowed, steps);
    }

    private boolean isEncapsulated(Direction direction) {
      boolean denied = direction == Direction.EGRESS && encapsulated.denies(connection);
      if (denied) {
        steps.add(new Step.Encapsulated());
      }
      return denied;
    }

    /** ALLOW, DENY, or PASS: nobody decided. */
    private RuleAction decide(ActiveWorkload workload, Direction direction) {
      for (TierPolicies tier : workload.tiers()) {
        RuleAction action = decide(tier, direction);
        if (action != RuleAction.PASS) {
          return action;
        }
      }
      for (String profile : workload.profiles()) {
        RuleAction action =
            decide(new RuleOwner.OfProfile(profile), rules(state.profile(profile), direction));
        if (action == RuleAction.ALLOW || action == RuleAction.DENY) {
          return action;
        }
      }
      return RuleAction.PASS;
    }

    private RuleAction decide(TierPolicies tier, Direction direction) {
      List<PolicyKey> policies = tier.policies(direction);
      if (policies.isEmpty()) {
        return RuleAction.PASS;
      }
      passed = false;
      for (PolicyKey key : policies) {
        RuleAction action =
            decide(new RuleOwner.OfPolicy(tier.tier(), key), rules(state.policy(key), direction));
        if (action != RuleAction.LOG) {
          return action;
        }
      }
      steps.add(new Step.ByTierDefault(tier.tier(), tier.defaultAction()));
      return tier.defaultAction();
    }

    /** The first action that ends a list of rules; LOG if there is none. */
    private RuleAction decide(RuleOwner owner, List<ActiveRule> rules) {
      for (int i = 0; i < rules.size(); i++) {
        ActiveRule rule = rules.get(i);
        boolean matches = matcher.matches(rule);
        if (matches) {
          steps.add(new Step.ByRule(owner, i, rule.action()));
          passed |= rule.action() == RuleAction.PASS;
          if (rule.action() != RuleAction.LOG) {
            return rule.action();
          }
        } else if (passed && rule.action() == RuleAction.PASS && matcher.isForFamily(rule)) {
          steps.add(new Step.LeftProfile(owner, i));
          return RuleAction.PASS;
        }
      }
      return RuleAction.LOG;
    }
  }

  /** Whether nothing comes after it that could deny. */
  private static boolean decides(Step step) {
    return switch (step) {
      case Step.ByRule(RuleOwner owner, int index, RuleAction action) -> action == RuleAction.DENY;
      case Step.ByTierDefault(String tier, RuleAction action) -> action == RuleAction.DENY;
      case Step.LeftProfile left -> false;
      case Step.Encapsulated encapsulated -> true;
      case Step.ByNobody nobody -> true;
    };
  }

  private static List<ActiveRule> rules(@Nullable ActiveRules rules, Direction direction) {
    return rules == null ? List.of() : rules.rules(direction);
  }
}
