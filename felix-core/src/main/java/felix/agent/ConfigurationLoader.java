package felix.agent;

import felix.config.ConnectionSettings;
import felix.config.FelixConfig;
import felix.config.IniFile;
import felix.config.RawConfig;
import felix.config.Source;
import felix.datastore.DatastoreSettings;
import felix.datastore.EtcdConnector;
import felix.datastore.EtcdSettings;
import felix.datastore.StartupReader;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all sources of the configuration, and again every second while they are not fit to run
 * with, however long that takes: with the default where an operator asked for something else
 * packets could pass that must not. On the main thread.
 */
final class ConfigurationLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationLoader.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LocalSources local;
  private final FindingLog findings;
  private final Consumer<FelixConfig> onRead;
  private @Nullable Way way;
  private String complaint = "";

  /** What this host holds: environment and file, as they are now. */
  interface LocalSources {
    /**
     * Reads them.
     *
     * @throws IOException if the file is there but cannot be read
     * @throws IniFile.SyntaxException if it is no such file
     */
    RawConfig read() throws IOException;
  }

  /** All there is to start with. */
  record Loaded(RawConfig raw, FelixConfig config, EtcdConnector connector) {}

  /** To one datastore. */
  private record Way(EtcdSettings settings, EtcdConnector connector, StartupReader reader) {
    static Way to(EtcdSettings settings) {
      var connector = new EtcdConnector(settings);
      return new Way(settings, connector, new StartupReader(connector));
    }
  }

  /**
   * A loader.
   *
   * @param onRead told each configuration that was read, fit or not: first what this host holds,
   *     then with what the datastore holds
   */
  ConfigurationLoader(LocalSources local, FindingLog findings, Consumer<FelixConfig> onRead) {
    this.local = local;
    this.findings = findings;
    this.onRead = onRead;
  }

  /**
   * Waits for the host's sources and the datastore.
   *
   * @throws IllegalArgumentException for settings that are right and that the agent cannot run with
   */
  Loaded await() throws InterruptedException {
    while (true) {
      Loaded loaded = attempt();
      if (loaded != null) {
        return loaded;
      }
      Thread.sleep(PAUSE);
    }
  }

  private @Nullable Loaded attempt() throws InterruptedException {
    RawConfig ofHost = readLocal();
    if (ofHost == null) {
      return null;
    }
    FelixConfig first = FelixConfig.resolve(ofHost);
    if (!isFit(first)) {
      return null;
    }
    String hostname = first.get(ConnectionSettings.FELIX_HOSTNAME);
    if (hostname.isEmpty()) {
      complain("FelixHostname is not set, and the kernel's host name is none");
      return null;
    }
    Way to = way(SettingRecords.etcd(first));
    DatastoreSettings stored = to.reader().awaitReady(hostname);
    RawConfig raw = with(ofHost, stored);
    FelixConfig config = FelixConfig.resolve(raw);
    return isFit(config) ? new Loaded(raw, config, to.connector()) : null;
  }

  /** What a host holds, and a datastore. */
  static RawConfig with(RawConfig ofHost, DatastoreSettings stored) {
    return ofHost
        .with(Source.HOST_CONFIGURATION, stored.host())
        .with(Source.GLOBAL_CONFIGURATION, stored.global())
        .with(Source.CLUSTER_INFORMATION, stored.cluster());
  }

  private @Nullable RawConfig readLocal() {
    try {
      return local.read();
    } catch (IOException | IniFile.SyntaxException e) {
      complain("Cannot read the configuration file: " + e.getMessage());
      return null;
    }
  }

  /** Once, while it is the same. */
  private void complain(String what) {
    if (!what.equals(complaint)) {
      LOG.error("{}: until that is mended the agent waits", what);
      complaint = what;
    }
  }

  private boolean isFit(FelixConfig config) {
    onRead.accept(config);
    return findings.accepts(config, "the agent waits");
  }

  private Way way(EtcdSettings settings) {
    Way current = way;
    if (current != null && current.settings().equals(settings)) {
      return current;
    }
    if (current != null) {
      current.connector().close();
    }
    way = Way.to(settings);
    return way;
  }
}
