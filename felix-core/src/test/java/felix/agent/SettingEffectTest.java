package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Setting;
import felix.config.SettingRow;
import felix.config.Settings;
import felix.config.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting reaches a part of the agent, or says that and why it does not. */
class SettingEffectTest {
  /** No agent can be built with it at all. */
  private static final String OF_OTHER_DATASTORES = "DatastoreType";

  private static List<SettingRow> rows() {
    return SettingRow.all().stream()
        .filter(row -> !row.name().equals(OF_OTHER_DATASTORES))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anotherValueMakesAnotherAgent(SettingRow row) {
    AgentSettings before = agent(row.given());
    var with = new TreeMap<>(row.given());
    with.put(row.name(), row.valid());
    boolean isUsed =
        Settings.all().stream()
            .filter(setting -> setting.name().equals(row.name()))
            .allMatch(Setting::isUsed);

    assertThat(!agent(with).equals(before)).as("%s has an effect", row.name()).isEqualTo(isUsed);
  }

  private static AgentSettings agent(Map<String, String> values) {
    return AgentSettings.of(
        FelixConfig.resolve(
            RawConfig.empty()
                .with(Source.ENVIRONMENT, values)
                .with(Source.HOST, Map.of("FelixHostname", "node1"))));
  }
}
