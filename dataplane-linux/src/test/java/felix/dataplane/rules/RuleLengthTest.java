package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.ActiveEntity;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.Direction;
import felix.delta.IpSetId;
import felix.model.Cidr;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that is too long for iptables-restore would have it refuse the whole table. */
class RuleLengthTest {
  /** MAX_ARGC of iptables 1.8, less the program's name. */
  private static final int MAX_WORDS = 254;

  /** The buffer of iptables-restore 1.8. */
  private static final int MAX_LINE = 10_240;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 20, 100, 1_000})
  void longestRulesFitIntoALine(int many) {
    var rule =
        new ActiveRule(
            RuleAction.LOG,
            null,
            Protocol.ofName("udplite"),
            null,
            null,
            null,
            side(many),
            side(many),
            Collections.nCopies(many, "k".repeat(300)),
            RuleOrigin.NONE);
    var key = new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "p".repeat(30));
    var chain =
        new PolicyChains(RuleSettings.defaults(), IpVersion.V6)
            .policy(
                Direction.INGRESS,
                key,
                new ActivePolicy(
                    "default", PolicyStage.TRACKED, new ActiveRules(List.of(rule), List.of())));
    for (var rendered : RuleText.render(chain)) {
      String line = "-A " + chain.name() + " " + rendered.spec();
      assertThat(line.split(" ", -1).length).isLessThanOrEqualTo(MAX_WORDS);
      assertThat(line).hasSizeLessThan(MAX_LINE);
    }
  }

  private static ActiveEntity side(int many) {
    var range = new PortRange(10_000, 60_000);
    return new ActiveEntity(
        List.of(Cidr.parse("2001:1111:2222:3333:4444:5555:6666:7777/128")),
        Collections.nCopies(Math.min(many, 2), Cidr.parse("2001:1111:2222:3333:4444:5555::/96")),
        Collections.nCopies(7, range),
        Collections.nCopies(7 * many, range),
        ids(1),
        ids(many),
        ids(1),
        ids(many));
  }

  private static List<IpSetId> ids(int many) {
    return IntStream.range(0, many).mapToObj(i -> new IpSetId("s:" + i + "-".repeat(30))).toList();
  }
}
