package felix.delta;

import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link felix.model.Rule} whose selectors have become IP sets. Null means "not given". */
public record ActiveRule(
    RuleAction action,
    @Nullable IpVersion ipVersion,
    @Nullable Protocol protocol,
    @Nullable Protocol notProtocol,
    @Nullable IcmpMatch icmp,
    @Nullable IcmpMatch notIcmp,
    ActiveEntity source,
    ActiveEntity destination,
    List<String> annotations,
    RuleOrigin origin) {
  public ActiveRule {
    annotations = List.copyOf(annotations);
  }

  /** A rule for every packet. */
  public static ActiveRule of(RuleAction action) {
    return new ActiveRule(
        action,
        null,
        null,
        null,
        null,
        null,
        ActiveEntity.ANY,
        ActiveEntity.ANY,
        List.of(),
        RuleOrigin.NONE);
  }
}
