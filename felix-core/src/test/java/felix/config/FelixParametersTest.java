package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings against Felix's parameters: names, defaults, and what is particular about each. */
class FelixParametersTest {
  /**
   * A parameter as Felix has it.
   *
   * @param flags {@code non-zero}, {@code die-on-fail}, {@code local-only}
   */
  record Parameter(String name, String defaultText, Set<String> flags) {}

  /** Where the default is another on purpose. */
  private static final Map<String, String> OTHER_DEFAULTS =
      Map.of(
          "VXLANEnabled", "not set means: as the IP pools say, as in today's Felix",
          "IpInIpEnabled", "likewise",
          "IPv4NormalRoutePriority",
              "not set means none, as in v3.14, which knows no such parameter",
          "FloatingIPs", "v3.14, which knows no such parameter, always has them",
          "ProgramClusterRoutes", "on DC/OS routes are BIRD's; see docs/decisions.md");

  /** Where the flags are others on purpose. */
  private static final Map<String, String> OTHER_FLAGS =
      Map.ofEntries(
          Map.entry("VXLANPort", "the kernel has no port 0"),
          Map.entry("NetlinkTimeoutSecs", "to the kernel 0 is for ever"),
          Map.entry("MTUIfacePattern", "an empty one matches every interface"),
          Map.entry("RouteSource", "there is no third way"),
          Map.entry("ProgramClusterRoutes", "Disabled says it"),
          Map.entry("NATOutgoingExclusions", "there is no third way"));

  private static List<Parameter> parameters() {
    return SettingRow.table("felix-parameters.txt", 5).stream()
        .map(row -> new Parameter(row.get(0), row.get(1), flags(row.get(2))))
        .toList();
  }

  private static Set<String> flags(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  @Test
  void eachParameterIsASetting() {
    assertThat(parameters()).hasSize(156);
    assertThat(Settings.all())
        .extracting(Setting::name)
        .containsAll(parameters().stream().map(Parameter::name).toList());
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void settingIsAsFelixHasIt(Parameter parameter) {
    Setting<?> setting = Objects.requireNonNull(Settings.named(parameter.name()), parameter.name());

    if (OTHER_DEFAULTS.containsKey(parameter.name())) {
      assertThat(setting.defaultText()).isNotEqualTo(parameter.defaultText());
    } else {
      assertThat(setting.defaultText()).isEqualTo(parameter.defaultText());
    }
    if (OTHER_FLAGS.containsKey(parameter.name())) {
      assertThat(flagsOf(setting)).isNotEqualTo(parameter.flags());
    } else {
      assertThat(flagsOf(setting)).isEqualTo(parameter.flags());
    }
  }

  private static Set<String> flagsOf(Setting<?> setting) {
    var flags = new HashSet<String>();
    if (setting.traits().none() == Traits.None.REFUSED) {
      flags.add("non-zero");
    }
    if (setting.traits().onBad() == Traits.OnBad.WAIT) {
      flags.add("die-on-fail");
    }
    if (setting.traits().where() == Traits.Where.LOCAL_ONLY) {
      flags.add("local-only");
    }
    return flags;
  }
}
