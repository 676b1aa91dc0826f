package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String CANARY = "sesame-0815";

  @Test
  void textIsNeverThatOfTheSecret() {
    var secret = new Secret(CANARY);

    assertThat(List.of(secret, new Secret("")).toString()).isEqualTo("[***, ]");
    assertThat(secret).isEqualTo(new Secret(CANARY)).isNotEqualTo(new Secret("other"));
  }

  @Test
  void aPasswordIsInNoFindingAndNoDifference() {
    var config = config(CANARY);

    assertThat(config.get(ConnectionSettings.ETCD_PASSWORD).value()).isEqualTo(CANARY);
    assertThat(config.findings()).isEmpty();
    assertThat(config.differencesTo(config("other")))
        .singleElement()
        .asString()
        .contains("EtcdPassword")
        .doesNotContain(CANARY);
    assertThat(config.differencesTo(config("other")))
        .extracting(Difference::text)
        .containsExactly("EtcdPassword is another");
  }

  @Test
  void aPasswordIsNotTakenFromTheDatastoreAndNotShownThen() {
    var config =
        FelixConfig.resolve(
            RawConfig.empty().with(Source.GLOBAL_CONFIGURATION, Map.of("EtcdPassword", CANARY)));

    assertThat(config.get(ConnectionSettings.ETCD_PASSWORD).isEmpty()).isTrue();
    assertThat(config.findings().toString()).doesNotContain(CANARY);
  }

  private static FelixConfig config(String password) {
    return FelixConfig.resolve(
        RawConfig.empty().with(Source.ENVIRONMENT, Map.of("ETCDPASSWORD", password)));
  }
}
