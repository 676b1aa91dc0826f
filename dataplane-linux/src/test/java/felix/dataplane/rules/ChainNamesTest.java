package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.Direction;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainNamesTest {
  /** From DC/OS and from Go Felix's kernels. */
  @Test
  void namesAreThoseOfGoFelix() {
    var bookstore =
        new PolicyKey(
            PolicyKind.NETWORK_POLICY, "default", "default.allow-bookstore-cliient-to-server");
    assertThat(ChainNames.policy(Direction.INGRESS, bookstore))
        .isEqualTo("cali-pi-_5NW-F5Q-nOKw693MBZ5");
    assertThat(ChainNames.policy(Direction.EGRESS, global("default.gnp-2")))
        .isEqualTo("cali-po-default.gnp-2");
    assertThat(ChainNames.profile(Direction.INGRESS, "calico")).isEqualTo("cali-pri-calico");
    assertThat(ChainNames.workload(Direction.EGRESS, "cali0000001"))
        .isEqualTo("cali-fw-cali0000001");
  }

  @Test
  void nameOfExactlyTheLimitIsHashedOnlyIfItLooksHashed() {
    String twenty = "x".repeat(20);
    assertThat(ChainNames.policy(Direction.INGRESS, global(twenty))).isEqualTo("cali-pi-" + twenty);
    assertThat(ChainNames.policy(Direction.INGRESS, global("_" + "x".repeat(19))))
        .hasSize(28)
        .isNotEqualTo("cali-pi-_" + "x".repeat(19));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a\"b", "a'b", "a\nCOMMIT", "a;b", "$(x)", "`x`", "%s", "ü", "a\\", "\t"})
  void nameThatWouldChangeALineIsHashed(String name) {
    assertThat(ChainNames.profile(Direction.EGRESS, name)).matches("cali-pro-_[A-Za-z0-9_-]{18}");
    assertThat(ChainNames.policy(Direction.EGRESS, global(name)))
        .matches("cali-po-_[A-Za-z0-9_-]{19}");
  }

  @Test
  void differentNamesHaveDifferentChains() {
    var chains = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      chains.add(ChainNames.policy(Direction.INGRESS, global("a-rather-long-name-of-policy-" + i)));
    }
    assertThat(chains).hasSize(10_000).allMatch(name -> name.length() == 28);
  }

  private static PolicyKey global(String name) {
    return new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", name);
  }
}
