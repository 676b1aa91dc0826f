package felix.dataplane.rules;

import felix.delta.Direction;
import felix.model.PolicyKey;
import felix.model.Protocol;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that decide about workloads, in the pieces of which {@link EndpointChains} makes
 * chains.
 */
record WorkloadRules(RuleSettings settings) {
  private static final Protocol IP_IN_IP = Protocol.ofNumber(4);
  private static final Protocol UDP = Protocol.ofNumber(17);

  /**
   * After so many policies of a tier those who are done leave. In between, an accepted packet goes
   * past the jumps to further policies, one rule each: on the average as many rules as if each
   * policy had a return behind it, but the rules are half as many.
   */
  private static final int POLICIES_A_RETURN = 5;

  /** What is known is allowed. */
  List<Rule> known() {
    return common().known();
  }

  /** Before any policy: what makes no sense is denied, and so is what workloads must not send. */
  List<Rule> start(Direction direction) {
    return start(direction, marks().accept() | marks().pass());
  }

  /** Without policies the pass bit stays as it is: see {@link PolicyChains}. */
  private List<Rule> start(Direction direction, int cleared) {
    var rules = new ArrayList<>(common().invalid());
    rules.add(Rule.of(new Action.ClearMark(cleared)));
    switch (direction) {
      case INGRESS -> {}
      case EGRESS -> rules.addAll(dropEncapsulated());
    }
    return rules;
  }

  /** For an endpoint that has nobody to share with: all that others could share is elsewhere. */
  List<Rule> alone(WorkloadDecision decision) {
    if (!decision.asksPolicies()) {
      return profilesOnly(decision);
    }
    var rules = new ArrayList<Rule>();
    rules.add(Rule.of(new Action.Jump(ChainNames.workloadStart(decision.direction()))));
    rules.addAll(tiers(decision));
    return rules;
  }

  /** For several endpoints, in as few steps as can be. */
  List<Rule> shared(WorkloadDecision decision) {
    if (!decision.asksPolicies()) {
      return profilesOnly(decision);
    }
    var rules = new ArrayList<>(start(decision.direction()));
    rules.addAll(tiers(decision));
    return rules;
  }

  /** After the policies of the last tier, for what none of them allowed. */
  List<Rule> end(WorkloadDecision decision) {
    var rules = new ArrayList<Rule>();
    common().end(decision.tiers().getLast()).ifPresent(rules::add);
    rules.addAll(common().profiles(decision.profiles(), decision.direction()));
    return rules;
  }

  private List<Rule> profilesOnly(WorkloadDecision decision) {
    var rules = new ArrayList<>(start(decision.direction(), marks().accept()));
    rules.addAll(common().profiles(decision.profiles(), decision.direction()));
    return rules;
  }

  private List<Rule> tiers(WorkloadDecision decision) {
    var rules = new ArrayList<Rule>();
    int last = decision.tiers().size() - 1;
    for (int i = 0; i <= last; i++) {
      var tier = decision.tiers().get(i);
      if (i > 0) {
        rules.add(common().start(tier));
      }
      addPolicies(decision.direction(), tier.policies(), rules);
      if (i < last) {
        rules.add(common().returnIfPolicyAccepted());
        common().end(tier).ifPresent(rules::add);
      }
    }
    rules.add(
        Rule.of(
            new Action.Goto(ChainNames.workloadEnd(decision)),
            new Match.MarkClear(marks().accept())));
    return rules;
  }

  private void addPolicies(Direction direction, List<PolicyKey> policies, List<Rule> rules) {
    var undecided = new Match.MarkClear(marks().accept() | marks().pass());
    for (int i = 0; i < policies.size(); i++) {
      if (i > 0 && i % POLICIES_A_RETURN == 0) {
        rules.add(common().returnIfPolicyAccepted());
      }
      var jump = new Action.Jump(ChainNames.policy(direction, policies.get(i)));
      rules.add(Rule.of(jump, undecided));
    }
  }

  /** A workload could wrap its packets as the overlay does and so get round its policy. */
  private List<Rule> dropEncapsulated() {
    var deny = common().deny();
    var drops = new ArrayList<Rule>();
    var encapsulated = settings.encapsulated();
    if (!encapsulated.vxlanAllowed()) {
      drops.add(
          Rule.of(
                  deny.action(),
                  new Match.OfProtocol(UDP, false),
                  Match.OfPorts.of(Side.DESTINATION, encapsulated.vxlanPort()))
              .withComment(deny.word() + " VXLAN encapped packets originating in pods"));
    }
    if (!encapsulated.ipipAllowed()) {
      drops.add(
          Rule.of(deny.action(), new Match.OfProtocol(IP_IN_IP, false))
              .withComment(deny.word() + " IPinIP encapped packets originating in pods"));
    }
    return drops;
  }

  private EndpointRules common() {
    return new EndpointRules(settings, Table.FILTER);
  }

  private MarkBits marks() {
    return settings.marks();
  }
}
