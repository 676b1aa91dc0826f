package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.config.FelixConfig;
import felix.config.LogSettings;
import felix.config.RawConfig;
import felix.config.Source;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.LocalDelta;
import felix.delta.NetworkDelta;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigurationWatchTest {
  private static final FelixConfigurationKey GLOBAL = new FelixConfigurationKey("default");
  private static final FelixConfigurationKey HOST = new FelixConfigurationKey("node.node1");
  private static final FelixConfiguration RETURN = action("Return");

  private final List<FelixConfig> applied = new ArrayList<>();
  private int restarts;
  private boolean busy;
  private final ConfigurationWatch watch =
      new ConfigurationWatch(
          RawConfig.empty()
              .with(Source.ENVIRONMENT, Map.of("LogPrefix", "ours"))
              .with(Source.HOST_CONFIGURATION, RETURN.values()),
          "node1",
          new FindingLog(),
          new ConfigurationWatch.Reaction(List.of(applied::add), () -> restarts++),
          delta -> !busy);

  private static FelixConfiguration action(String text) {
    return new FelixConfiguration(Map.of("DefaultEndpointToHostAction", text));
  }

  private boolean offer(
      FelixConfigurationKey key,
      @Nullable FelixConfiguration before,
      @Nullable FelixConfiguration after) {
    var local = LocalDelta.none();
    local.configurations().record(key, before, after);
    return watch.offer(new DataplaneDelta(1, true, local, NetworkDelta.none(Encapsulations.NONE)));
  }

  @Test
  void whatTheAgentWasBuiltWithChangesNothing() {
    assertThat(offer(HOST, null, RETURN)).isTrue();
    assertThat(restarts).isZero();
  }

  @Test
  void anotherMeaningAsksForARestartOnce() {
    offer(HOST, null, action("Accept"));
    offer(HOST, action("Accept"), action("Drop"));

    assertThat(restarts).isEqualTo(1);
  }

  @Test
  void settingThatIsGoneIsAnotherMeaning() {
    offer(HOST, null, RETURN);
    offer(HOST, RETURN, null);

    assertThat(restarts).isEqualTo(1);
  }

  @Test
  void anotherSpellingIsNone() {
    offer(HOST, null, action("RETURN"));

    assertThat(restarts).isZero();
  }

  @Test
  void valuesThatAreNotInEffectDoNotMatter() {
    offer(GLOBAL, null, action("Accept")); // the host's wins
    offer(GLOBAL, null, new FelixConfiguration(Map.of("LogPrefix", "theirs", "Unknown", "x")));
    offer(new FelixConfigurationKey("node.other"), null, action("Accept"));

    assertThat(restarts).isZero();
  }

  @Test
  void liveSettingIsHandedOnAndAsksForNothing() {
    offer(GLOBAL, null, new FelixConfiguration(Map.of("LogSeverityScreen", "debug")));
    offer(GLOBAL, null, new FelixConfiguration(Map.of("LogSeverityScreen", "DEBUG")));

    assertThat(applied)
        .extracting(config -> config.get(LogSettings.LOG_SEVERITY_SCREEN))
        .containsExactly("DEBUG");
    assertThat(restarts).isZero();
  }

  @Test
  void settingWithoutEffectChangesNothing() {
    offer(GLOBAL, null, new FelixConfiguration(Map.of("WireguardEnabled", "true")));
    offer(
        FelixConfigurationKey.OF_CLUSTER, null, new FelixConfiguration(Map.of("ClusterGUID", "x")));

    assertThat(applied).isEmpty();
    assertThat(restarts).isZero();
  }

  /** The default could let packets pass that must not, so nothing at all is taken over. */
  @Test
  void textThatIsNoValueOfAVitalSettingKeepsTheConfigurationAsItIs() {
    var bad = new FelixConfiguration(Map.of("MaxIpsetSize", "none", "LogSeverityScreen", "Error"));
    offer(GLOBAL, null, bad);
    assertThat(watch.problems()).isEqualTo(1);
    assertThat(restarts).isZero();
    assertThat(applied).isEmpty();

    offer(GLOBAL, bad, new FelixConfiguration(Map.of("LogSeverityScreen", "Error")));
    assertThat(watch.problems()).isZero();
    assertThat(applied).hasSize(1);
  }

  @Test
  void refusedDeltaWillComeAgain() {
    busy = true;
    assertThat(offer(HOST, null, action("Accept"))).isFalse();
    assertThat(restarts).isZero();

    // Merged with what came later it may hold no change at all.
    busy = false;
    assertThat(offer(HOST, null, RETURN)).isTrue();
    assertThat(restarts).isZero();
  }
}
