package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Setting;
import felix.config.SettingRow;
import felix.config.Settings;
import felix.config.Source;
import felix.model.FelixConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each parameter that has a field in FelixConfiguration can be set there. */
class EveryFieldTest {
  /** Fields with a form of their own: what they hold, and what it means in felix.cfg. */
  private static final Map<String, List<String>> OWN_FORMS =
      Map.of(
          "failsafeInboundHostPorts",
          List.of("[{\"protocol\": \"UDP\", \"port\": 53}]", "udp:53"),
          "failsafeOutboundHostPorts",
          List.of("[]", "none"),
          "routeTableRange",
          List.of("{\"min\": 10, \"max\": 20}", "10-20"),
          "routeTableRanges",
          List.of("[{\"min\": 10, \"max\": 20}]", "10-20"),
          "healthTimeoutOverrides",
          List.of("[{\"name\": \"calc-graph\", \"timeout\": \"1m30s\"}]", "calc-graph=1m30s"),
          "externalNodesList",
          List.of("[\"10.0.0.1\", \"10.1.0.0/16\"]", "10.0.0.1,10.1.0.0/16"),
          "kubeNodePortRanges",
          List.of("[\"30000:30010\", 80]", "30000:30010,80"));

  /** A field, what it is set to, and the same in felix.cfg. */
  record Field(String name, SettingRow row, String json, String text) {}

  private static List<Field> fields() {
    Set<String> settings = Settings.all().stream().map(Setting::name).collect(Collectors.toSet());
    Map<String, String> names =
        SettingRow.table("felix-parameters.txt", 5).stream()
            .collect(
                Collectors.toMap(parameter -> parameter.get(0), parameter -> parameter.get(3)));
    return SettingRow.all().stream()
        .filter(row -> settings.contains(row.name()))
        .filter(row -> !names.getOrDefault(row.name(), "").isEmpty())
        .map(row -> field(names.getOrDefault(row.name(), ""), row))
        .toList();
  }

  private static Field field(String name, SettingRow row) {
    List<String> own = OWN_FORMS.get(name);
    if (own != null) {
      return new Field(name, row, own.get(0), own.get(1));
    }
    return switch (value(row.setting(), row.valid(), Source.FILE)) {
      case Duration _ when name.equals("iptablesLockProbeInterval") ->
          new Field(name, row, "\"1m30s\"", "90000");
      case Duration _ -> new Field(name, row, "\"1m30s\"", "90");
      case Boolean value -> new Field(name, row, value.toString(), row.valid());
      case Optional<?> maybe when maybe.orElse(null) instanceof Boolean value ->
          new Field(name, row, value.toString(), row.valid());
      case Integer value -> new Field(name, row, value.toString(), row.valid());
      default -> new Field(name, row, "\"" + row.valid().replace("\\", "\\\\") + "\"", row.valid());
    };
  }

  private static Object value(Setting<?> setting, String text, Source source) {
    return FelixConfig.resolve(RawConfig.empty().with(source, Map.of(setting.name(), text)))
        .get(setting);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void fieldSetsItsSetting(Field field) {
    FelixConfiguration configuration =
        Decoding.resource(
            FelixConfiguration.class,
            "felixconfigurations/default",
            "{\"" + field.name() + "\": " + field.json() + "}");
    var config =
        FelixConfig.resolve(
            RawConfig.empty().with(Source.GLOBAL_CONFIGURATION, configuration.values()));
    Setting<?> setting = field.row().setting();

    assertThat(config.problems()).isEmpty();
    assertThat(config.findings()).isEmpty();
    assertThat(config.source(setting)).isEqualTo(Source.GLOBAL_CONFIGURATION);
    assertThat(config.get(setting)).isEqualTo(value(setting, field.text(), Source.FILE));
  }
}
