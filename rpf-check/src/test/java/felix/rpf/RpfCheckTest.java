package felix.rpf;

import static org.assertj.core.api.Assertions.assertThat;

import felix.rpf.RpfVerdict.Refused;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpfCheckTest {

  /** Every combination; a question mark is a value that cannot be read. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # all,  default, ignore, verdict
          OFF,    OFF,     false,  Tolerated
          OFF,    STRICT,  false,  Enforced
          OFF,    LOOSE,   false,  Tolerated
          OFF,    ?,       false,  Tolerated
          STRICT, OFF,     false,  Enforced
          STRICT, STRICT,  false,  Enforced
          STRICT, LOOSE,   false,  Tolerated
          STRICT, ?,       false,  Tolerated
          LOOSE,  OFF,     false,  Refused
          LOOSE,  STRICT,  false,  Refused
          LOOSE,  LOOSE,   false,  Refused
          LOOSE,  ?,       false,  Refused
          ?,      OFF,     false,  Refused
          ?,      STRICT,  false,  Refused
          ?,      LOOSE,   false,  Refused
          ?,      ?,       false,  Refused
          OFF,    OFF,     true,   Tolerated
          OFF,    STRICT,  true,   Enforced
          OFF,    LOOSE,   true,   Tolerated
          OFF,    ?,       true,   Tolerated
          STRICT, OFF,     true,   Enforced
          STRICT, STRICT,  true,   Enforced
          STRICT, LOOSE,   true,   Tolerated
          STRICT, ?,       true,   Tolerated
          LOOSE,  OFF,     true,   Tolerated
          LOOSE,  STRICT,  true,   Tolerated
          LOOSE,  LOOSE,   true,   Tolerated
          LOOSE,  ?,       true,   Tolerated
          ?,      OFF,     true,   Tolerated
          ?,      STRICT,  true,   Tolerated
          ?,      LOOSE,   true,   Tolerated
          ?,      ?,       true,   Tolerated
          """)
  void truthTable(String all, String forNew, boolean ignore, String verdict) {
    var settings = new RpFilterSettings(value(all), value(forNew), Map.of());
    assertThat(RpfCheck.judge(settings, ignore).getClass().getSimpleName()).isEqualTo(verdict);
  }

  @Test
  void aRefusalSaysWhatToDo() {
    var settings = new RpFilterSettings(RpFilter.LOOSE, RpFilter.STRICT, Map.of());
    assertThat(RpfCheck.judge(settings, false))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains(
                        "net.ipv4.conf.all.rp_filter is 2", "set", "0 or 1", "IgnoreLooseRPF"));
  }

  private static @Nullable RpFilter value(String name) {
    return name.equals("?") ? null : RpFilter.valueOf(name);
  }
}
