package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Source;
import felix.dataplane.DataplaneSettings;
import felix.dataplane.iptables.ChainInsertMode;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.rules.EndpointToHostAction;
import felix.datastore.EtcdSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingRecordsTest {
  private static EtcdSettings etcd(RawConfig raw) {
    return SettingRecords.etcd(FelixConfig.resolve(raw));
  }

  private static EtcdSettings at(String uri) {
    return new EtcdSettings(List.of(URI.create(uri)));
  }

  @Test
  void defaultsAreThoseOfTheDataplane() {
    var settings = SettingRecords.dataplane(FelixConfig.resolve(RawConfig.empty()));
    var defaults = DataplaneSettings.defaults();

    assertThat(settings.rules()).isEqualTo(defaults.rules());
    assertThat(settings.iptables()).isEqualTo(defaults.iptables());
    assertThat(settings.ipSets()).isEqualTo(defaults.ipSets());
    assertThat(settings.routes()).isEqualTo(defaults.routes());
  }

  @Test
  void wordsBecomeConstants() {
    var raw =
        RawConfig.empty()
            .with(
                Source.ENVIRONMENT,
                Map.of(
                    "ChainInsertMode", "append",
                    "DefaultEndpointToHostAction", "return",
                    "IptablesBackend", "NFT"));
    var settings = SettingRecords.dataplane(FelixConfig.resolve(raw));

    assertThat(settings.iptables().insertMode()).isEqualTo(ChainInsertMode.APPEND);
    assertThat(settings.iptables().backend()).contains(IptablesBackend.NFT);
    assertThat(settings.rules().endpointToHost()).isEqualTo(EndpointToHostAction.RETURN);
  }

  @Test
  void refusesAHostWithoutAName() {
    var config =
        FelixConfig.resolve(RawConfig.empty().with(Source.HOST, Map.of("FelixHostname", "(none)")));

    assertThatThrownBy(() -> SettingRecords.hostname(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FelixHostname");
  }

  @Test
  void endpointsComeBeforeTheAddress() {
    var raw =
        RawConfig.empty()
            .with(Source.ENVIRONMENT, Map.of("EtcdEndpoints", "http://a:1", "EtcdAddr", "b:2"));

    assertThat(etcd(raw)).isEqualTo(at("http://a:1"));
  }

  @Test
  void addressInTheFileComesBeforeCalicosEndpoints() {
    var calico =
        RawConfig.empty().with(Source.CALICO_ENVIRONMENT, Map.of("EtcdEndpoints", "http://c:3"));

    assertThat(etcd(calico)).isEqualTo(at("http://c:3"));
    assertThat(etcd(calico.with(Source.ENVIRONMENT, Map.of("EtcdAddr", "b:2"))))
        .isEqualTo(at("http://c:3"));
    assertThat(etcd(calico.with(Source.FILE, Map.of("EtcdAddr", "b:2"))))
        .isEqualTo(at("http://b:2"));
  }

  @Test
  void withoutAnySettingEtcdIsOnThisHost() {
    assertThat(etcd(RawConfig.empty())).isEqualTo(at("http://127.0.0.1:2379"));
  }

  @Test
  void neverConnectsInTheClearWhereEncryptionIsAskedFor() {
    var raw = RawConfig.empty().with(Source.ENVIRONMENT, Map.of("EtcdEndpoints", "https://a:2379"));

    assertThatThrownBy(() -> etcd(raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://a:2379");
  }
}
