package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.calc.GraphSettings;
import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Secret;
import felix.config.Source;
import felix.dataplane.DataplaneSettings;
import felix.dataplane.iptables.ChainInsertMode;
import felix.dataplane.iptables.FullyRandomOverride;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.rules.EndpointToHostAction;
import felix.dataplane.rules.RuleSettings;
import felix.datastore.EtcdLogin;
import felix.datastore.EtcdMembers;
import felix.datastore.EtcdSettings;
import felix.datastore.tls.TlsFile;
import felix.datastore.tls.TlsFiles;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.PortRange;
import felix.verdict.EncapsulatedTraffic;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    assertThat(settings).isEqualTo(defaults);
  }

  @Test
  void defaultsAreThoseOfTheGraph() {
    assertThat(SettingRecords.graph(config(Map.of("FelixHostname", "node1"))))
        .isEqualTo(GraphSettings.defaults("node1"));
  }

  @Test
  void graphKnowsWhatIsInUseAndWhereRoutesComeFrom() {
    assertThat(
            SettingRecords.graph(
                config(
                    Map.of(
                        "FelixHostname", "node1",
                        "RouteSource", "WorkloadIPs",
                        "IpInIpEnabled", "false",
                        "VXLANEnabled", "true"))))
        .isEqualTo(
            new GraphSettings(
                "node1",
                GraphSettings.RouteSource.WORKLOAD_IPS,
                Optional.of(false),
                Optional.of(true)));
  }

  @Test
  void overlayIsAsConfigured() {
    var overlay =
        SettingRecords.dataplane(
                config(
                    Map.of(
                        "VXLANVNI", "7",
                        "VXLANPort", "64000",
                        "VXLANMTU", "0",
                        "IpInIpMtu", "1480",
                        "FeatureDetectOverride", "ChecksumOffloadBroken=true",
                        "ExternalNodesCIDRList", "10.0.0.0/8",
                        "MTUIfacePattern", "^bond")))
            .overlay();

    assertThat(overlay)
        .isEqualTo(
            new DataplaneSettings.OverlaySettings(
                new DataplaneSettings.VxlanSettings(7, 64_000, 0, false),
                1480,
                DataplaneSettings.ClusterRoutes.NONE,
                List.of(Cidr.parse("10.0.0.0/8")),
                "^bond"));
  }

  @Test
  void randomPortsOfNatCanBeForced() {
    var iptables =
        SettingRecords.dataplane(config(Map.of("FeatureDetectOverride", "SNATFullyRandom=false")))
            .iptables();

    assertThat(iptables.fullyRandom())
        .isEqualTo(new FullyRandomOverride(Optional.empty(), Optional.of(false)));
  }

  @ParameterizedTest
  @CsvSource({
    "Enabled, ALL",
    "Disabled, NONE",
    "EnabledIPIPOnly, IPIP",
    "EnabledNoEncapOnly, UNENCAPSULATED"
  })
  void clusterRoutesAreThoseOfTheWord(String word, DataplaneSettings.ClusterRoutes routes) {
    var settings = SettingRecords.dataplane(config(Map.of("ProgramClusterRoutes", word)));

    assertThat(settings.overlay().clusterRoutes()).isEqualTo(routes);
  }

  @Test
  void rulesKnowTheOverlayAndNat() {
    var rules =
        SettingRecords.dataplane(
                config(
                    Map.of(
                        "VXLANPort", "64000",
                        "AllowVXLANPacketsFromWorkloads", "true",
                        "NATPortRange", "32768:65535",
                        "NATOutgoingAddress", "10.0.0.9",
                        "NATOutgoingExclusions", "IPPoolsAndHostIPs",
                        "IptablesNATOutgoingInterfaceFilter", "eth+")))
            .rules();

    assertThat(rules.encapsulated()).isEqualTo(new EncapsulatedTraffic(64_000, true, false));
    assertThat(rules.nat())
        .isEqualTo(
            new RuleSettings.NatOutgoing(
                new PortRange(32_768, 65_535), Ip.parse("10.0.0.9"), "eth+", true));
  }

  private static FelixConfig config(Map<String, String> values) {
    return FelixConfig.resolve(RawConfig.empty().with(Source.ENVIRONMENT, values));
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

  private static RawConfig environment(String... namesAndValues) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return RawConfig.empty().with(Source.ENVIRONMENT, values);
  }

  @Test
  void tlsIsTakenFromTheFilesThatAreNamed() {
    var raw =
        environment(
            "EtcdScheme", "HTTPS",
            "EtcdAddr", "a:2379",
            "EtcdCaFile", "/ca",
            "EtcdCertFile", "/cert",
            "EtcdKeyFile", "/key");
    var identity =
        new TlsFiles.Identity(
            new TlsFile("EtcdCertFile", Path.of("/cert")),
            new TlsFile("EtcdKeyFile", Path.of("/key")));

    assertThat(etcd(raw))
        .isEqualTo(
            new EtcdSettings(
                new EtcdMembers.Listed(List.of(URI.create("https://a:2379"))),
                Optional.of(
                    new TlsFiles(new TlsFile("EtcdCaFile", Path.of("/ca")), Optional.of(identity))),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "EtcdCertFile, EtcdKeyFile",
    "EtcdKeyFile, EtcdCertFile",
  })
  void halfAnIdentityIsRefused(String set, String missing) {
    assertThatThrownBy(() -> etcd(environment(set, "/x", "EtcdCaFile", "/ca")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(set)
        .hasMessageContaining("not " + missing);
  }

  @Test
  void anIdentityWithoutAuthoritiesIsRefused() {
    assertThatThrownBy(() -> etcd(environment("EtcdCertFile", "/x", "EtcdKeyFile", "/y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not EtcdCaFile");
  }

  @Test
  void aUserCountsOnlyWithAPassword() {
    assertThat(etcd(environment("EtcdUsername", "felix")).login()).isEmpty();
    assertThat(etcd(environment("EtcdPassword", "sesame")).login()).isEmpty();
    assertThat(etcd(environment("EtcdUsername", "felix", "EtcdPassword", "sesame")).login())
        .contains(new EtcdLogin("felix", new Secret("sesame")));
  }

  @Test
  void discoveryComesBeforeAnAddressThatIsNotTheFiles() {
    var raw = environment("EtcdDiscoverySrv", "example.org", "EtcdAddr", "a:1");

    assertThat(etcd(raw).members()).isEqualTo(new EtcdMembers.Discovered("example.org", false));
    var discovered = environment("EtcdDiscoverySrv", "example.org");
    assertThatThrownBy(() -> etcd(discovered.with(Source.FILE, Map.of("EtcdAddr", "a:1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EtcdAddr");
  }

  @Test
  void discoveryAndEndpointsAreRefused() {
    var raw = environment("EtcdDiscoverySrv", "example.org", "EtcdEndpoints", "http://a:1");

    assertThatThrownBy(() -> etcd(raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EtcdDiscoverySrv");
  }
}
