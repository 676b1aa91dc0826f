package felix.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BoundedMatchTest {
  @Test
  void findsWhatThePatternFinds() {
    var pattern = Pattern.compile("^((en|wl)[sp].*|eth)");

    assertThat(BoundedMatch.isFound(pattern, "enp0s1")).isTrue();
    assertThat(BoundedMatch.isFound(pattern, "eth0")).isTrue();
    assertThat(BoundedMatch.isFound(pattern, "xeth0")).isFalse();
  }

  /** Each would be busy for longer than anybody waits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a?){45}a{45}b",
        "(a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?){4}b",
        "^((a|aa|a?)+)+b$"
      })
  void givesUpWhereAMatchTakesTooLong(String regex) {
    assertThat(BoundedMatch.isFound(Pattern.compile(regex), "a".repeat(60))).isFalse();
  }
}
