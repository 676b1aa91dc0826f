package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StartupReaderTest {
  private static final String INFORMATION =
      "{\"kind\":\"ClusterInformation\",\"spec\":{\"datastoreReady\":%s}}";

  @Test
  void waitsUntilTheDatastoreIsReady() throws Exception {
    try (var etcd = new EtcdServer();
        var connector = new EtcdConnector(new EtcdSettings(List.of(etcd.endpoint())))) {
      etcd.put("clusterinformations/default", INFORMATION.formatted(false));
      etcd.put(
          "felixconfigurations/default",
          "{\"kind\":\"FelixConfiguration\",\"spec\":{\"logSeverityScreen\":\"Info\"}}");
      etcd.put(
          "felixconfigurations/node.node1",
          "{\"kind\":\"FelixConfiguration\",\"spec\":{\"defaultEndpointToHostAction\":\"Return\"}}");
      etcd.put("felixconfigurations/node.node2", "not for us");
      var settings = read(connector);
      assertThat(settings).isNotDone();

      etcd.put("clusterinformations/default", INFORMATION.formatted(true));
      assertThat(settings.get(30, TimeUnit.SECONDS))
          .isEqualTo(
              new DatastoreSettings(
                  Map.of("DefaultEndpointToHostAction", "Return"),
                  Map.of("LogSeverityScreen", "Info"),
                  Map.of()));
    }
  }

  @Test
  void settingsThatCannotBeReadAreNone() throws Exception {
    try (var etcd = new EtcdServer();
        var connector = new EtcdConnector(new EtcdSettings(List.of(etcd.endpoint())))) {
      etcd.put("clusterinformations/default", INFORMATION.formatted(true));
      etcd.put("felixconfigurations/default", "{");

      assertThat(read(connector).get(30, TimeUnit.SECONDS))
          .isEqualTo(new DatastoreSettings(Map.of(), Map.of(), Map.of()));
    }
  }

  @Test
  void waitsForAnEtcdThatIsNotThereYet() throws Exception {
    try (var etcd = new EtcdServer();
        var connector = new EtcdConnector(new EtcdSettings(List.of(etcd.endpoint())))) {
      etcd.put("clusterinformations/default", INFORMATION.formatted(true));
      etcd.kill();
      var settings = read(connector);
      etcd.startAgain();

      assertThat(settings.get(30, TimeUnit.SECONDS).global()).isEmpty();
    }
  }

  private static CompletableFuture<DatastoreSettings> read(EtcdConnector connector) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new StartupReader(connector).awaitReady("node1");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
