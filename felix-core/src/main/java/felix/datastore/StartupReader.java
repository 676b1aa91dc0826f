package felix.datastore;

import felix.model.ClusterInformation;
import felix.model.ClusterInformationKey;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import io.etcd.jetcd.ByteSequence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what must be known before anything can be built. On the thread that starts the agent. */
public final class StartupReader {
  private static final Logger LOG = LoggerFactory.getLogger(StartupReader.class);
  private static final String CLUSTER = "clusterinformations/default";
  private static final Duration NOT_READY_PAUSE = Duration.ofSeconds(1);

  private final EtcdConnector connector;
  private final ResourceDecoder decoder = new ResourceDecoder();
  private final RetryDelay delay = new RetryDelay(new SplittableRandom());
  private final Outage outage = new Outage(LOG);
  private boolean waiting;

  public StartupReader(EtcdConnector connector) {
    this.connector = connector;
  }

  /**
   * Waits, however long it takes, until etcd answers and says that it is ready: somebody may be
   * about to upgrade or to restore it.
   */
  public DatastoreSettings awaitReady(String hostname) throws InterruptedException {
    while (true) {
      try {
        if (isReady()) {
          return settings(hostname);
        }
        outage.ended(connector);
        sayThatWaiting();
        Thread.sleep(NOT_READY_PAUSE);
      } catch (EtcdFailure failure) {
        outage.failed(connector, failure);
        connector.close();
        Thread.sleep(delay.next());
      }
    }
  }

  /**
   * What is there now, whether or not it is ready; with one attempt that has a time limit.
   *
   * @throws EtcdFailure if etcd does not answer
   */
  public DatastoreSettings readOnce(String hostname) throws InterruptedException {
    return settings(hostname);
  }

  private DatastoreSettings settings(String hostname) throws InterruptedException {
    return new DatastoreSettings(
        settings("felixconfigurations/node." + hostname, FelixConfigurationKey.ofHost(hostname)),
        settings("felixconfigurations/default", FelixConfigurationKey.DEFAULT),
        settings(CLUSTER, FelixConfigurationKey.OF_CLUSTER));
  }

  private boolean isReady() throws InterruptedException {
    return read(CLUSTER, new ClusterInformationKey(), ClusterInformation.class)
        .map(ClusterInformation::datastoreReady)
        .orElse(false);
  }

  private Map<String, String> settings(String path, FelixConfigurationKey key)
      throws InterruptedException {
    return read(path, key, FelixConfiguration.class)
        .map(FelixConfiguration::values)
        .orElse(Map.of());
  }

  private <R extends Resource> Optional<R> read(String path, ResourceKey resource, Class<R> type)
      throws InterruptedException {
    String key = KeyPath.ROOT + path;
    return connector
        .connection()
        .get(key, 0)
        .entry()
        .map(EtcdEntry::value)
        .map(ByteSequence::getBytes)
        .flatMap(
            value ->
                decoder.decode(key, value).updates().stream()
                    .filter(update -> update.key().equals(resource))
                    .findFirst())
        .map(ResourceUpdate::value)
        .map(type::cast);
  }

  private void sayThatWaiting() {
    if (!waiting) {
      LOG.warn("Waiting for ClusterInformation default to say that the datastore is ready");
      waiting = true;
    }
  }
}
