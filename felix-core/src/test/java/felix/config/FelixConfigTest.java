package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FelixConfigTest {
  private static FelixConfig environment(String name, String text) {
    return FelixConfig.resolve(RawConfig.empty().with(Source.ENVIRONMENT, Map.of(name, text)));
  }

  @Test
  void defaultsAreValuesOfTheirSettings() {
    var config = FelixConfig.resolve(RawConfig.empty());

    assertThat(Settings.all()).allSatisfy(s -> assertThat(config.get(s)).isNotNull());
    assertThat(config.findings()).isEmpty();
    assertThat(config.get(IptablesSettings.IPTABLES_MARK_MASK)).isEqualTo(0xffff0000);
    assertThat(config.get(KernelSettings.IPSETS_REFRESH_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(config.get(IptablesSettings.FAILSAFE_INBOUND_HOST_PORTS))
        .startsWith(new HostPort("tcp", null, 22), new HostPort("udp", null, 68));
  }

  @Test
  void aFailsafePortMayBeForOneNetwork() {
    var config =
        environment(
            "FailsafeInboundHostPorts", "TCP:10.1.2.3/8:22, udp:[fd00::/8]:68, [fd00::1]:22,23");
    assertThat(config.get(IptablesSettings.FAILSAFE_INBOUND_HOST_PORTS))
        .containsExactly(
            new HostPort("tcp", Cidr.parse("10.0.0.0/8"), 22),
            new HostPort("udp", Cidr.parse("fd00::/8"), 68),
            new HostPort("tcp", Cidr.parse("fd00::1/128"), 22),
            new HostPort("tcp", null, 23));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CALICO_ENVIRONMENT", "CLUSTER_INFORMATION", "HOST"},
      mode = EnumSource.Mode.EXCLUDE)
  void higherSourceWins(Source highest) {
    var raw = RawConfig.empty();
    for (var source : Source.values()) {
      if (source.compareTo(highest) >= 0) {
        raw = raw.with(source, Map.of("logprefix", source.name()));
      }
    }

    assertThat(FelixConfig.resolve(raw).get(IptablesSettings.LOG_PREFIX)).isEqualTo(highest.name());
  }

  @Test
  void emptyTextIsNoValue() {
    var raw =
        RawConfig.empty()
            .with(Source.ENVIRONMENT, Map.of("LogPrefix", " "))
            .with(Source.GLOBAL_CONFIGURATION, Map.of("LogPrefix", "mine"));

    assertThat(FelixConfig.resolve(raw).get(IptablesSettings.LOG_PREFIX)).isEqualTo("mine");
  }

  @Test
  void badTextMeansTheDefaultAndHidesLowerSources() {
    var raw =
        RawConfig.empty()
            .with(Source.ENVIRONMENT, Map.of("HealthPort", "90x"))
            .with(Source.FILE, Map.of("HealthPort", "9100"));
    var config = FelixConfig.resolve(raw);

    assertThat(config.get(HealthSettings.HEALTH_PORT)).isEqualTo(9099);
    assertThat(config.findings())
        .containsExactly(
            Finding.warning(
                "HealthPort in the environment is \"90x\", which is not a whole number from 0 to"
                    + " 65535: using 9099"));
  }

  @Test
  void noneIsZeroAndNotTheDefault() {
    var config = environment("FailsafeInboundHostPorts", "None");

    assertThat(config.get(IptablesSettings.FAILSAFE_INBOUND_HOST_PORTS)).isEmpty();
    assertThat(config.findings()).isEmpty();
  }

  @Test
  void noneIsRefusedWhereZeroMakesNoSense() {
    var config = environment("InterfacePrefix", "none");

    assertThat(config.get(KernelSettings.INTERFACE_PREFIX)).containsExactly("cali");
    assertThat(config.problems()).hasSize(1);
  }

  @Test
  void datastoreCannotSayWhereItIs() {
    var raw =
        RawConfig.empty()
            .with(Source.GLOBAL_CONFIGURATION, Map.of("EtcdEndpoints", "http://10.0.0.1:2379"));
    var config = FelixConfig.resolve(raw);

    assertThat(config.get(ConnectionSettings.ETCD_ENDPOINTS)).isEmpty();
    assertThat(config.findings()).extracting(Finding::isWarning).containsExactly(true);
  }

  @Test
  void misspeltNameGetsTheNearestOne() {
    assertThat(environment("IptablesRefrehInterval", "1").findings())
        .containsExactly(
            Finding.warning(
                "IptablesRefrehInterval in the environment is unknown; is IptablesRefreshInterval"
                    + " meant?"));
  }

  @Test
  void namesOfFelixWithoutUseHereAreNoted() {
    assertThat(environment("BPFENABLED", "false").findings())
        .extracting(Finding::isWarning)
        .containsExactly(false);
  }

  @Test
  void differencesAreBetweenValuesAndNotTexts() {
    var before = environment("Ipv6Support", "true");

    assertThat(before.differencesTo(environment("Ipv6Support", "yes"))).isEmpty();
    assertThat(before.differencesTo(environment("Ipv6Support", "no")))
        .extracting(Difference::text)
        .containsExactly("Ipv6Support: true becomes false");
  }

  @Test
  void refusesALongExpression() {
    assertThat(environment("MTUIfacePattern", "(a?)".repeat(50)).findings()).isEmpty();
    assertThat(environment("MTUIfacePattern", "(a?)".repeat(51)).findings())
        .extracting(Finding::isWarning)
        .containsExactly(true);
  }

  @Test
  void differencesTellWhatIsNotSet() {
    var before = FelixConfig.resolve(RawConfig.empty());

    assertThat(before.differencesTo(environment("VXLANEnabled", "true")))
        .extracting(Difference::text)
        .containsExactly("VXLANEnabled: nothing becomes true");
  }

  @Test
  void hostNameComesFromTheHostUnlessSet() {
    var host = RawConfig.empty().with(Source.HOST, Map.of("FelixHostname", "node-1"));

    assertThat(FelixConfig.resolve(host).get(ConnectionSettings.FELIX_HOSTNAME))
        .isEqualTo("node-1");
    assertThat(
            FelixConfig.resolve(host.with(Source.FILE, Map.of("FelixHostname", "Big.Node")))
                .get(ConnectionSettings.FELIX_HOSTNAME))
        .isEqualTo("Big.Node");
    assertThat(
            FelixConfig.resolve(host.with(Source.FILE, Map.of("FelixHostname", "no name")))
                .get(ConnectionSettings.FELIX_HOSTNAME))
        .isEqualTo("node-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ipv6Support               | Y          | true
          Ipv6Support               | f          | false
          HealthPort                | 0x10       | 16
          HealthPort                | 010        | 8
          ChainInsertMode           | APPEND     | append
          DefaultEndpointToHostAction | Accept   | ACCEPT
          IptablesRefreshInterval   | 0.5        | PT0.5S
          IptablesRefreshInterval   | -3         | PT0S
          IptablesLockProbeIntervalMillis | 50   | PT0.05S
          IptablesMarkMask          | 0xff       | 255
          InterfacePrefix           | cali,tap   | [cali, tap]
          EtcdAddr                  | h:2379     | h:2379
          VXLANEnabled              | 1          | Optional[true]
          VXLANEnabled              | No         | Optional[false]
          VXLANEnabled              | none       | Optional.empty
          IpInIpEnabled             | true       | Optional[true]
          VXLANVNI                  | 0          | 0
          VXLANVNI                  | 0xffffff   | 16777215
          VXLANPort                 | 64000      | 64000
          VXLANMTU                  | 0          | 0
          VXLANMTU                  | none       | 0
          VXLANMTU                  | 8950       | 8950
          IpInIpMtu                 | 68         | 68
          IpInIpMtu                 | none       | 0
          MTUIfacePattern           | ^bond\\d+$ | ^bond\\d+$
          FeatureDetectOverride     | ChecksumOffloadBroken=true | {ChecksumOffloadBroken=true}
          FeatureDetectOverride     | snatfullyrandom = f,, MASQFullyRandom=1 | {MASQFullyRandom=true, SNATFullyRandom=false}
          RouteSource               | workloadips | WorkloadIPs
          ProgramClusterRoutes      | ENABLED    | Enabled
          ProgramClusterRoutes      | enabledipiponly | EnabledIPIPOnly
          ExternalNodesCIDRList     | 10.0.0.1, 10.1.2.3/16,fd00::/64 | [10.0.0.1/32, 10.1.0.0/16, fd00::/64]
          AllowVXLANPacketsFromWorkloads | yes   | true
          AllowIPIPPacketsFromWorkloads  | yes   | true
          NATPortRange              | 32768      | Optional[32768]
          NATPortRange              | 32768:65535 | Optional[32768:65535]
          NATPortRange              | none       | Optional.empty
          NATOutgoingAddress        | 10.0.0.1   | 10.0.0.1
          NATOutgoingExclusions     | ippoolsandhostips | IPPoolsAndHostIPs
          IptablesNATOutgoingInterfaceFilter | eth+ | eth+
          NetlinkTimeoutSecs        | 0.001      | PT0.001S
          """)
  void readsValue(String name, String text, String value) {
    var config = environment(name, text);

    assertThat(config.get(setting(name))).asString().isEqualTo(value);
    assertThat(config.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ipv6Support               | maybe
          HealthPort                | 65536
          HealthPort                | -1
          HealthPort                | #10
          ChainInsertMode           | prepend
          IptablesRefreshInterval   | 90s
          IptablesRefreshInterval   | NaN
          IptablesRefreshInterval   | 0x1p3
          IptablesMarkMask          | 0x7
          IptablesMarkMask          | 0x100000003
          InterfacePrefix           | cali,,tap
          InterfacePrefix           | cali*
          FailsafeInboundHostPorts  | sctp:22
          FailsafeInboundHostPorts  | tcp:65536
          FailsafeInboundHostPorts  | tcp:10.0.0.0/33:22
          FailsafeInboundHostPorts  | tcp:fd00::/8:22
          FailsafeInboundHostPorts  | 22:22
          EtcdEndpoints             | http://a:1,https://b:1
          EtcdEndpoints             | http://a
          EtcdEndpoints             | http://u@a:1
          EtcdEndpoints             | http://a:1/path
          DeviceRouteSourceAddress  | 10.0.0
          DeviceRouteSourceAddress  | localhost
          DeviceRouteSourceAddress  | fd00::1
          DeviceRouteSourceAddressIPv6 | 10.0.0.1
          DeviceRouteSourceAddressIPv6 | fe80::1%eth0
          MaxIpsetSize              | 0
          VXLANEnabled              | auto
          IpInIpEnabled             | 2
          VXLANVNI                  | 16777216
          VXLANVNI                  | -1
          VXLANPort                 | 0
          VXLANPort                 | none
          VXLANPort                 | 65536
          VXLANMTU                  | 67
          VXLANMTU                  | 65536
          IpInIpMtu                 | -1
          IpInIpMtu                 | auto
          MTUIfacePattern           | (eth
          MTUIfacePattern           | none
          FeatureDetectOverride     | ChecksumOffloadBroken
          FeatureDetectOverride     | ChecksumOffloadBroken=maybe
          FeatureDetectOverride     | ChecksumOffloadBroken=true,Unheard=true
          FeatureDetectOverride     | =true
          RouteSource               | BIRD
          ProgramClusterRoutes      | true
          ProgramClusterRoutes      | none
          ExternalNodesCIDRList     | 10.0.0.1,10.0.0.0/33
          ExternalNodesCIDRList     | host.example
          AllowVXLANPacketsFromWorkloads | maybe
          AllowIPIPPacketsFromWorkloads  | maybe
          NATPortRange              | 0
          NATPortRange              | 0:65535
          NATPortRange              | 1024-2048
          NATPortRange              | 2048:1024
          NATPortRange              | 1:65536
          NATPortRange              | http
          NATOutgoingAddress        | fd00::1
          NATOutgoingExclusions     | HostIPs
          IptablesNATOutgoingInterfaceFilter | +
          IptablesNATOutgoingInterfaceFilter | eth 0
          IptablesNATOutgoingInterfaceFilter | a234567890123456
          NetlinkTimeoutSecs        | 0
          NetlinkTimeoutSecs        | -1
          NetlinkTimeoutSecs        | 0.0000001
          """)
  void refusesValue(String name, String text) {
    var config = environment(name, text);

    assertThat(config.get(setting(name)))
        .isEqualTo(FelixConfig.resolve(RawConfig.empty()).get(setting(name)));
    assertThat(config.findings().size() + config.problems().size()).isEqualTo(1);
  }

  @Test
  void endpointsMayEndInSlashes() {
    assertThat(
            environment("EtcdEndpoints", "http://10.0.0.1:2379/, http://[fd00::1]:2379")
                .get(ConnectionSettings.ETCD_ENDPOINTS))
        .isEqualTo(
            List.of(URI.create("http://10.0.0.1:2379"), URI.create("http://[fd00::1]:2379")));
  }

  private static Setting<?> setting(String name) {
    var setting = Settings.named(name);
    assertThat(setting).as(name).isNotNull();
    return Objects.requireNonNull(setting);
  }
}
