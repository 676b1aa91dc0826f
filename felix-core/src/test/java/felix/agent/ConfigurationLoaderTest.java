package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.config.FelixConfig;
import felix.config.IptablesSettings;
import felix.config.LocalConfig;
import felix.datastore.EtcdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConfigurationLoaderTest {
  private static final String OF_HOST = "felixconfigurations/node.node1";

  @TempDir Path folder;
  private Path file;
  private EtcdServer etcd;
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final List<FelixConfig> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("felix.cfg");
    etcd = new EtcdServer();
    etcd.put("clusterinformations/default", "{\"spec\": {\"datastoreReady\": true}}");
    environment.put("FELIX_FELIXHOSTNAME", "node1");
    environment.put("FELIX_ETCDENDPOINTS", etcd.endpoint().toString());
  }

  @AfterEach
  void stop() throws IOException {
    etcd.close();
  }

  private CompletableFuture<ConfigurationLoader.Loaded> load() {
    var loader =
        new ConfigurationLoader(
            () -> {
              attempts.incrementAndGet();
              return LocalConfig.read(file, environment);
            },
            new FindingLog(),
            seen::add);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return loader.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static FelixConfig loaded(CompletableFuture<ConfigurationLoader.Loaded> loading)
      throws Exception {
    ConfigurationLoader.Loaded loaded = loading.get(60, TimeUnit.SECONDS);
    loaded.connector().close();
    return loaded.config();
  }

  @Test
  void readsAFileAgainUntilItIsOne() throws Exception {
    Files.writeString(file, "ChainInsertMode");
    var loading = load();
    await(() -> attempts.get() >= 3);
    assertThat(loading).isNotDone();
    assertThat(seen).isEmpty();

    Files.writeString(file, "ChainInsertMode = append");
    assertThat(loaded(loading).get(IptablesSettings.CHAIN_INSERT_MODE)).isEqualTo("append");
  }

  /** Health is served meanwhile, for which each configuration is handed out. */
  @Test
  void waitsForAVitalTextOfTheHostToBeMended() throws Exception {
    environment.put("FELIX_CHAININSERTMODE", "prepend");
    var loading = load();
    await(() -> seen.size() >= 3);
    assertThat(loading).isNotDone();

    environment.put("FELIX_CHAININSERTMODE", "append");
    assertThat(loaded(loading).get(IptablesSettings.CHAIN_INSERT_MODE)).isEqualTo("append");
  }

  @Test
  void waitsForAVitalTextOfTheDatastoreToBeMended() throws Exception {
    etcd.put(OF_HOST, "{\"spec\": {\"defaultEndpointToHostAction\": \"Retrun\"}}");
    var loading = load();
    await(() -> seen.stream().filter(config -> !config.problems().isEmpty()).count() >= 3);
    assertThat(loading).isNotDone();

    etcd.put(OF_HOST, "{\"spec\": {\"defaultEndpointToHostAction\": \"Return\"}}");
    assertThat(loaded(loading).get(IptablesSettings.DEFAULT_ENDPOINT_TO_HOST_ACTION))
        .isEqualTo("RETURN");
  }

  /** It may be that of another source, tomorrow. */
  @Test
  void waitsAlsoWhereTheBadTextIsHidden() throws Exception {
    environment.put("FELIX_CHAININSERTMODE", "append");
    Files.writeString(file, "ChainInsertMode = prepend");
    var loading = load();
    await(() -> seen.size() >= 2);
    assertThat(loading).isNotDone();

    Files.delete(file);
    assertThat(loaded(loading).get(IptablesSettings.CHAIN_INSERT_MODE)).isEqualTo("append");
  }
}
