package felix.dataplane.rules;

import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.Direction;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import java.util.List;

/**
 * The chains of policies and profiles, for one family. Such a chain sets the accept or the pass bit
 * and returns, drops, or returns as it came if it has no say. Whoever jumps to it has cleared the
 * accept bit, and for a policy the pass bit.
 *
 * <p>For a profile the pass bit is still set where a policy passed the packet, and a rule with
 * action Pass returns wherever the bit is set. So for such packets it ends the profile whether it
 * matches or not. That is how v3.14 and its successors decide, and verdicts have to be theirs.
 */
public final class PolicyChains {
  private final RuleSettings settings;
  private final IpVersion version;

  public PolicyChains(RuleSettings settings, IpVersion version) {
    this.settings = settings;
    this.version = version;
  }

  /** The two chains of a policy, for the table of its stage; one without rules is empty. */
  public List<Chain> policy(PolicyKey key, ActivePolicy policy) {
    var table = Table.of(policy.stage());
    var renderer = renderer(table, RuleOwner.policy(key, policy.tier()));
    return List.of(
        chain(renderer, ChainNames.policy(Direction.INGRESS, key), policy.rules().ingress()),
        chain(renderer, ChainNames.policy(Direction.EGRESS, key), policy.rules().egress()));
  }

  /** The two chains of a profile, for the filter table. */
  public List<Chain> profile(String name, ActiveRules rules) {
    var renderer = renderer(Table.FILTER, RuleOwner.profile(name));
    return List.of(
        chain(renderer, ChainNames.profile(Direction.INGRESS, name), rules.ingress()),
        chain(renderer, ChainNames.profile(Direction.EGRESS, name), rules.egress()));
  }

  private RuleRenderer renderer(Table table, RuleOwner owner) {
    return new RuleRenderer(
        settings.marks(), settings.verdicts().deny(table), settings.log().linesOf(owner), version);
  }

  private static Chain chain(RuleRenderer renderer, String name, List<ActiveRule> rules) {
    return new Chain(name, rules.stream().flatMap(rule -> renderer.render(rule).stream()).toList());
  }
}
