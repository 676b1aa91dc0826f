package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.config.RawConfig;
import felix.config.Source;
import felix.delta.Changes;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.MemberChanges;
import felix.delta.NetworkDelta;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigurationWatchTest {
  private static final FelixConfigurationKey GLOBAL = new FelixConfigurationKey("default");
  private static final FelixConfigurationKey HOST = new FelixConfigurationKey("node.node1");
  private static final FelixConfiguration RETURN = action("Return");

  private int restarts;
  private boolean busy;
  private final ConfigurationWatch watch =
      new ConfigurationWatch(
          RawConfig.empty()
              .with(Source.ENVIRONMENT, Map.of("LogPrefix", "ours"))
              .with(Source.HOST_CONFIGURATION, RETURN.values()),
          "node1",
          delta -> !busy,
          () -> restarts++);

  private static FelixConfiguration action(String text) {
    return new FelixConfiguration(Map.of("DefaultEndpointToHostAction", text));
  }

  private boolean offer(
      FelixConfigurationKey key,
      @Nullable FelixConfiguration before,
      @Nullable FelixConfiguration after) {
    var configurations = new Changes<FelixConfigurationKey, FelixConfiguration>();
    configurations.record(key, before, after);
    return watch.offer(
        new DataplaneDelta(
            1,
            true,
            new Changes<>(),
            new MemberChanges(),
            new Changes<>(),
            new Changes<>(),
            new Changes<>(),
            NetworkDelta.none(Encapsulations.NONE),
            configurations));
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
