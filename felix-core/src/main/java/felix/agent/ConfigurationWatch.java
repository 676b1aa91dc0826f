package felix.agent;

import felix.config.Difference;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the settings in each delta on its way to the dataplane. Where they mean something else
 * than those in effect it hands them to whom they concern or, if they take another process, asks
 * for one. Settings that may not be used change nothing. On the calculation graph's thread.
 */
final class ConfigurationWatch implements DeltaSink {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);

  private final Map<FelixConfigurationKey, Source> watched;
  private final Reaction reaction;
  private final DeltaSink next;
  private final FindingLog findings;
  private RawConfig raw;
  private FelixConfig inEffect;
  private boolean restarting;
  private volatile int problems;

  /**
   * What follows from other settings; all of it returns at once.
   *
   * @param live whoever takes settings that change within a process; each looks for its own
   * @param restart called once
   */
  record Reaction(List<Consumer<FelixConfig>> live, Runnable restart) {
    Reaction {
      live = List.copyOf(live);
    }

    /** The same for one taker more. */
    Reaction with(Consumer<FelixConfig> taker) {
      return new Reaction(Stream.concat(live.stream(), Stream.of(taker)).toList(), restart);
    }
  }

  /**
   * A watch before another sink.
   *
   * @param raw what the agent was built with
   * @param findings what has been said of it
   */
  ConfigurationWatch(
      RawConfig raw, String hostname, FindingLog findings, Reaction reaction, DeltaSink next) {
    this.raw = raw;
    this.inEffect = FelixConfig.resolve(raw);
    this.watched =
        Map.of(
            FelixConfigurationKey.DEFAULT,
            Source.GLOBAL_CONFIGURATION,
            FelixConfigurationKey.OF_CLUSTER,
            Source.CLUSTER_INFORMATION,
            FelixConfigurationKey.ofHost(hostname),
            Source.HOST_CONFIGURATION);
    this.findings = findings;
    this.reaction = reaction;
    this.next = next;
  }

  @Override
  public boolean offer(DataplaneDelta delta) {
    // Whoever takes the delta may change it at once.
    var changes = List.copyOf(delta.local().configurations().all());
    if (!next.offer(delta)) {
      return false;
    }
    changes.forEach(this::take);
    if (!changes.isEmpty() && !restarting) {
      compare(FelixConfig.resolve(raw));
    }
    return true;
  }

  /** Settings in the datastore that keep all of it from being used. Any thread. */
  int problems() {
    return problems;
  }

  private void take(Change<FelixConfigurationKey, FelixConfiguration> change) {
    Source source = watched.get(change.key());
    if (source != null) {
      raw = raw.with(source, change.after() == null ? Map.of() : change.after().values());
    }
  }

  private void compare(FelixConfig after) {
    problems = after.problems().size();
    if (findings.accepts(after, "the configuration stays what it was")) {
      follow(after, inEffect.differencesTo(after));
    }
  }

  private void follow(FelixConfig after, List<Difference> differences) {
    differences.forEach(d -> LOG.warn("The configuration changed: {}", d.text()));
    inEffect = after;
    if (differences.stream().anyMatch(difference -> !difference.needsRestart())) {
      reaction.live().forEach(taker -> taker.accept(after));
    }
    if (differences.stream().anyMatch(Difference::needsRestart)) {
      restarting = true;
      reaction.restart().run();
    }
  }
}
