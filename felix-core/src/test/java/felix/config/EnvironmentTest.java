package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void takesFelixVariablesInAnyCase() {
    assertThat(
            Environment.ofFelix(
                Map.of("FELIX_LOGPREFIX", "a", "felix_HealthPort", "1", "FELIXES_X", "2")))
        .isEqualTo(Map.of("LOGPREFIX", "a", "HealthPort", "1"));
  }

  @Test
  void calicosOwnVariablesWinOverTheShortOnes() {
    assertThat(
            Environment.ofCalico(
                Map.of(
                    "ETCD_ENDPOINTS", "http://a:1",
                    "CALICO_ETCD_ENDPOINTS", "http://b:1",
                    "DATASTORE_TYPE", "etcdv3")))
        .isEqualTo(Map.of("EtcdEndpoints", "http://b:1", "DatastoreType", "etcdv3"));
  }

  @Test
  void allThatLeadsToEtcdIsTakenFromCalicosVariables() {
    var variables =
        Map.of(
            "ETCD_DISCOVERY_SRV", "example.org",
            "ETCD_USERNAME", "felix",
            "ETCD_PASSWORD", "sesame",
            "ETCD_KEY_FILE", "/run/key",
            "CALICO_ETCD_CERT_FILE", "/run/cert",
            "ETCD_CA_CERT_FILE", "/run/ca",
            "ETCD_AUTHORITY", "not:1",
            "ETCD_SCHEME", "https");

    assertThat(Environment.ofCalico(variables))
        .isEqualTo(
            Map.of(
                "EtcdDiscoverySrv", "example.org",
                "EtcdUsername", "felix",
                "EtcdPassword", "sesame",
                "EtcdKeyFile", "/run/key",
                "EtcdCertFile", "/run/cert",
                "EtcdCaFile", "/run/ca"));
  }
}
