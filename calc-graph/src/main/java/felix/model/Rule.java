package felix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy or a profile: what it matches and what it then does. Null means "not given".
 *
 * @param ipVersion the only family the rule is for
 * @param annotations {@code key=value} texts from the rule's metadata, shown as comments in the
 *     kernel, sorted
 * @param origin what it said before it became this
 */
public record Rule(
    RuleAction action,
    @Nullable IpVersion ipVersion,
    @Nullable Protocol protocol,
    @Nullable Protocol notProtocol,
    @Nullable IcmpMatch icmp,
    @Nullable IcmpMatch notIcmp,
    EntityMatch source,
    EntityMatch destination,
    List<String> annotations,
    RuleOrigin origin) {
  public Rule {
    annotations = List.copyOf(annotations);
  }

  /** A rule for every packet. */
  public static Rule of(RuleAction action) {
    return new Rule(
        action,
        null,
        null,
        null,
        null,
        null,
        EntityMatch.ANY,
        EntityMatch.ANY,
        List.of(),
        RuleOrigin.NONE);
  }
}
