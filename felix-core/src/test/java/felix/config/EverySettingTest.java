package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every single setting; its row says with which texts. */
class EverySettingTest {
  private static List<SettingRow> rows() {
    return SettingRow.all();
  }

  private static FelixConfig file(String name, String text) {
    return FelixConfig.resolve(RawConfig.empty().with(Source.FILE, Map.of(name, text)));
  }

  @Test
  void eachHasOneRow() {
    assertThat(rows())
        .extracting(SettingRow::name)
        .containsExactlyInAnyOrderElementsOf(Settings.all().stream().map(Setting::name).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void takesAValueFromEverySourceThatMayHoldIt(SettingRow row) {
    Setting<?> setting = row.setting();
    Object byDefault = FelixConfig.resolve(RawConfig.empty()).get(setting);

    for (var source : Source.values()) {
      var config =
          FelixConfig.resolve(
              RawConfig.empty().with(source, Map.of(Settings.folded(row.name()), row.valid())));
      boolean refused = source.isDatastore() && setting.traits().where() == Traits.Where.LOCAL_ONLY;
      if (refused) {
        assertThat(config.get(setting)).isEqualTo(byDefault);
        assertThat(config.findings()).extracting(Finding::isWarning).containsExactly(true);
      } else {
        assertThat(config.get(setting)).as("from %s", source).isNotEqualTo(byDefault);
        assertThat(config.get(setting)).asString().isEqualTo(row.value());
        assertThat(config.findings()).isEmpty();
        assertThat(config.source(setting)).isEqualTo(source);
      }
      assertThat(config.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesWhatIsNoValue(SettingRow row) {
    if (row.invalid().isEmpty()) {
      assertThat(row.setting().parse("any (text [at {all")).isNotNull();
      return;
    }
    var config = file(row.name(), row.invalid());
    Setting<?> setting = row.setting();

    assertThat(config.get(setting)).isEqualTo(setting.defaultValue());
    assertThat(config.isValid(setting)).isFalse();
    boolean isVital = setting.mustBeValid(row.invalid());
    assertThat(config.problems()).hasSize(isVital ? 1 : 0);
    assertThat(config.findings()).hasSize(isVital ? 0 : 1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void noneIsZeroOrRefused(SettingRow row) {
    var config = file(row.name(), "None");
    Setting<?> setting = row.setting();

    if (setting.traits().none() == Traits.None.REFUSED) {
      assertThat(config.problems()).hasSize(1);
    } else {
      assertThat(config.get(setting)).isEqualTo(setting.type().zero());
      assertThat(config.problems()).isEmpty();
    }
    assertThat(config.findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void badTextCountsAlsoWhereItIsHidden(SettingRow row) {
    if (!row.invalid().isEmpty()) {
      var raw =
          RawConfig.empty()
              .with(Source.ENVIRONMENT, Map.of(row.name(), row.valid()))
              .with(Source.FILE, Map.of(row.name(), row.invalid()));
      var config = FelixConfig.resolve(raw);

      assertThat(config.get(row.setting())).asString().isEqualTo(row.value());
      assertThat(config.problems().size() + config.findings().size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Source.class,
      names = {"ENVIRONMENT", "FILE", "HOST_CONFIGURATION", "GLOBAL_CONFIGURATION"})
  void emptyTextIsNotSet(Source source) {
    for (var setting : Settings.all()) {
      var config = FelixConfig.resolve(RawConfig.empty().with(source, Map.of(setting.name(), "")));

      assertThat(config.source(setting)).as(setting.name()).isNull();
      assertThat(config.problems()).isEmpty();
      assertThat(config.findings()).extracting(Finding::isWarning).containsExactly(false);
    }
  }

  @Test
  void oneSaysWhyItIsUnusedOrWhatItIsFor() {
    assertThat(Settings.all())
        .allSatisfy(
            setting -> {
              assertThat(setting.help()).as(setting.name()).endsWith(".");
              assertThat(setting.traits().unused()).doesNotEndWith(".");
            });
    assertThat(new TreeSet<>(Settings.all().stream().map(s -> Settings.folded(s.name())).toList()))
        .hasSameSizeAs(Settings.all());
  }
}
