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

  /** A policy's chain for a direction, in the table of its stage; empty if it has no rules. */
  public Chain policy(Direction direction, PolicyKey key, ActivePolicy policy) {
    var table = Table.of(policy.stage());
    var renderer = renderer(table, RuleOwner.policy(key, policy.tier()));
    return new Chain(
        ChainNames.policy(direction, key),
        switch (table) {
          case FILTER -> shortened(renderer, policy.rules().rules(direction), true);
          case RAW, MANGLE, NAT -> asInV3_14(renderer, policy.rules().rules(direction));
        });
  }

  /** A profile's chain for a direction, in the filter table. */
  public Chain profile(Direction direction, String name, ActiveRules rules) {
    var renderer = renderer(Table.FILTER, RuleOwner.profile(name));
    return new Chain(
        ChainNames.profile(direction, name), shortened(renderer, rules.rules(direction), false));
  }

  private RuleRenderer renderer(Table table, RuleOwner owner) {
    return new RuleRenderer(
        settings.marks(), settings.verdicts().deny(table), settings.log().linesOf(owner), version);
  }

  private List<Rule> shortened(RuleRenderer renderer, List<ActiveRule> rules, boolean passIsClear) {
    var rendered = rules.stream().map(renderer::render).filter(r -> !r.isEmpty()).toList();
    return new EarlyReturns(settings.marks(), passIsClear).shorten(rendered);
  }

  /** Such policies are few, and so are the rules of their tables. */
  private static List<Rule> asInV3_14(RuleRenderer renderer, List<ActiveRule> rules) {
    return rules.stream().flatMap(rule -> renderer.render(rule).stream()).toList();
  }
}
