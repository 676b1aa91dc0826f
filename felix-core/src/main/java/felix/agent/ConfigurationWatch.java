package felix.agent;

import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Source;
import felix.delta.Change;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the settings in each delta on its way to the dataplane. Where they mean something else
 * than those that the agent was built with, it asks for another process: no setting can change
 * within one. On the calculation graph's thread.
 */
final class ConfigurationWatch implements DeltaSink {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);

  private final FelixConfig current;
  private final Map<FelixConfigurationKey, Source> watched;
  private final DeltaSink next;
  private final Runnable restart;
  private RawConfig raw;
  private boolean restarting;

  /**
   * A watch before another sink.
   *
   * @param raw what the current configuration was made of
   * @param restart called once, and returns at once
   */
  ConfigurationWatch(RawConfig raw, String hostname, DeltaSink next, Runnable restart) {
    this.raw = raw;
    this.current = FelixConfig.resolve(raw);
    this.watched =
        Map.of(
            new FelixConfigurationKey("default"), Source.GLOBAL_CONFIGURATION,
            new FelixConfigurationKey("node." + hostname), Source.HOST_CONFIGURATION);
    this.next = next;
    this.restart = restart;
  }

  @Override
  public boolean offer(DataplaneDelta delta) {
    // Whoever takes the delta may change it at once.
    var changes = List.copyOf(delta.configurations().all());
    if (!next.offer(delta)) {
      return false;
    }
    changes.forEach(this::take);
    if (!changes.isEmpty() && !restarting) {
      compare();
    }
    return true;
  }

  private void take(Change<FelixConfigurationKey, FelixConfiguration> change) {
    Source source = watched.get(change.key());
    if (source != null) {
      raw = raw.with(source, change.after() == null ? Map.of() : change.after().values());
    }
  }

  private void compare() {
    List<String> differences = current.differencesTo(FelixConfig.resolve(raw));
    if (!differences.isEmpty()) {
      differences.forEach(difference -> LOG.warn("The configuration changed: {}", difference));
      restarting = true;
      restart.run();
    }
  }
}
