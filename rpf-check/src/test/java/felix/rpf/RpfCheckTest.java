package felix.rpf;

import static org.assertj.core.api.Assertions.assertThat;

import felix.rpf.RpFilterSettings.Interface;
import felix.rpf.RpfVerdict.Enforced;
import felix.rpf.RpfVerdict.Refused;
import felix.rpf.RpfVerdict.Tolerated;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RpfCheckTest {

  /** Every combination on a host without workloads; a question mark cannot be read. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # all,  default, verdict,   with IgnoreLooseRPF
          OFF,    OFF,     Tolerated, Tolerated
          OFF,    STRICT,  Enforced,  Enforced
          OFF,    LOOSE,   Refused,   Tolerated
          OFF,    ?,       Tolerated, Tolerated
          STRICT, OFF,     Enforced,  Enforced
          STRICT, STRICT,  Enforced,  Enforced
          STRICT, LOOSE,   Refused,   Tolerated
          STRICT, ?,       Tolerated, Tolerated
          LOOSE,  OFF,     Refused,   Tolerated
          LOOSE,  STRICT,  Refused,   Tolerated
          LOOSE,  LOOSE,   Refused,   Tolerated
          LOOSE,  ?,       Refused,   Tolerated
          ?,      OFF,     Refused,   Tolerated
          ?,      STRICT,  Refused,   Tolerated
          ?,      LOOSE,   Refused,   Tolerated
          ?,      ?,       Refused,   Tolerated
          """)
  void truthTable(String all, String forNew, String verdict, String withIgnore) {
    var settings = new RpFilterSettings(value(all), value(forNew), List.of());
    assertThat(judge(settings, false).getClass().getSimpleName()).isEqualTo(verdict);
    assertThat(judge(settings, true).getClass().getSimpleName()).isEqualTo(withIgnore);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # all,  own,    verdict
          OFF,    OFF,    Tolerated
          OFF,    STRICT, Enforced
          OFF,    LOOSE,  Refused
          OFF,    ?,      Tolerated
          STRICT, OFF,    Enforced
          STRICT, STRICT, Enforced
          STRICT, LOOSE,  Refused
          STRICT, ?,      Tolerated
          """)
  void aWorkloadsInterfaceCountsAsMuch(String all, String own, String verdict) {
    var settings =
        new RpFilterSettings(
            value(all), RpFilter.STRICT, List.of(new Interface("cali1", value(own))));
    assertThat(judge(settings, false).getClass().getSimpleName()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @EnumSource
  void noOtherInterfaceDoes(RpFilter own) {
    var settings =
        new RpFilterSettings(RpFilter.OFF, RpFilter.STRICT, List.of(new Interface("eth0", own)));
    assertThat(judge(settings, false)).isEqualTo(new Enforced());
  }

  @Test
  void aRefusalSaysWhatWasFoundWhyItMattersAndBothWaysOut() {
    var settings =
        new RpFilterSettings(
            RpFilter.LOOSE, RpFilter.LOOSE, List.of(new Interface("cali1", RpFilter.LOOSE)));
    assertThat(judge(settings, false))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("loose (2): net.ipv4.conf.all.rp_filter, net.ipv4.conf.default")
                    .contains("net.ipv4.conf.cali1.rp_filter")
                    .contains("CAP_NET_RAW")
                    .contains("net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.default.rp_filter=1")
                    .contains("IgnoreLooseRPF=true", "FELIX_IGNORELOOSERPF=true"));
  }

  @Test
  void onlyWhatIsLooseIsToBeChanged() {
    var settings = new RpFilterSettings(RpFilter.OFF, RpFilter.LOOSE, List.of());
    assertThat(judge(settings, false))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("`sysctl -w net.ipv4.conf.default.rp_filter=1`"));
  }

  @Test
  void aThousandInterfacesMakeNoThousandLines() {
    var interfaces =
        IntStream.range(0, 1000).mapToObj(i -> new Interface("cali" + i, RpFilter.OFF)).toList();
    assertThat(judge(new RpFilterSettings(RpFilter.OFF, RpFilter.STRICT, interfaces), false))
        .isInstanceOfSatisfying(
            Tolerated.class,
            tolerated ->
                assertThat(tolerated.reason()).contains("and 995 more").hasSizeLessThan(300));
  }

  @Test
  void everyInterfaceOfAWorkloadHasAVerdict() {
    var settings =
        new RpFilterSettings(
            RpFilter.OFF,
            RpFilter.STRICT,
            List.of(
                new Interface("cali1", RpFilter.LOOSE),
                new Interface("cali2", null),
                new Interface("eth0", RpFilter.LOOSE)));
    assertThat(RpfTable.verdicts(settings, WorkloadInterfaces.CALICO, false))
        .isEqualTo(Map.of("default", "enforced", "cali1", "refused", "cali2", "tolerated"));
    assertThat(RpfTable.verdicts(settings, WorkloadInterfaces.CALICO, true))
        .containsEntry("cali1", "tolerated");
  }

  private static RpfVerdict judge(RpFilterSettings settings, boolean ignore) {
    return RpfCheck.judge(settings, WorkloadInterfaces.CALICO, ignore);
  }

  private static @Nullable RpFilter value(String name) {
    return name.equals("?") ? null : RpFilter.valueOf(name);
  }
}
