package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.model.PolicyKey;
import felix.model.PolicyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogRulesTest {
  private static final RuleOwner GLOBAL =
      RuleOwner.policy(new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "web"), "default");
  private static final RuleOwner NAMESPACED =
      RuleOwner.policy(new PolicyKey(PolicyKind.NETWORK_POLICY, "shop", "sec.web"), "sec");

  private static String text(String prefix, RuleOwner owner) {
    return new LogRules(prefix, null).linesOf(owner).prefix().text();
  }

  @ParameterizedTest
  @CsvSource({
    "calico-packet, calico-packet, calico-packet, calico-packet",
    "%t %k %n %p, default gnp web web, sec np sec.web shop/sec.web, pro p p",
    "%%t %x %, %default %x %, %sec %x %, % %x %",
    "%n%n, webweb, sec.websec.web, pp"
  })
  void placeholdersSayWhoseRuleItIs(
      String prefix, String global, String namespaced, String profile) {
    assertThat(text(prefix, GLOBAL)).isEqualTo(global);
    assertThat(text(prefix, NAMESPACED)).isEqualTo(namespaced);
    assertThat(text(prefix, RuleOwner.profile("p")).strip()).isEqualTo(profile);
  }

  @Test
  void whatIsPutInIsNotLookedAtAgain() {
    var odd = new RuleOwner("np", "", "%k$1\\", "");
    assertThat(text("%n", odd)).isEqualTo("%k_1_");
  }

  @Test
  void allOfItIsCutToWhatTheKernelTakes() {
    var longName = new RuleOwner("np", "", "n".repeat(300), "");
    assertThat(text("to %n", longName)).isEqualTo("to " + "n".repeat(24));
  }

  /** A bucket that takes longer to fill than the kernel counts is refused with its table. */
  @ParameterizedTest
  @CsvSource({
    "1/day, 5, 1",
    "1/day, 0, 1",
    "2/day, 5, 3",
    "10/minute, 5, 5",
    "10/minute, 0, 5",
    "1/hour, 9999, 37",
    "9999/second, 9999, 9999"
  })
  void burstIsWhatTheKernelCanCount(String rate, int burst, int expected) {
    assertThat(LogLimit.parse(rate, burst).burst()).isEqualTo(expected);
    assertThat(LogLimit.parse(rate, burst).rate()).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10/week", "0/day", "10000/second", "x/day"})
  void whatIsNoRateIsRefused(String rate) {
    assertThatThrownBy(() -> LogLimit.parse(rate, 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
