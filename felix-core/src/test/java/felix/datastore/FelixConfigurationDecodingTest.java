package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Setting;
import felix.config.Settings;
import felix.config.Source;
import felix.model.FelixConfiguration;
import felix.model.GoDuration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FelixConfigurationDecodingTest {
  private static final String PATH = "felixconfigurations/default";

  @Test
  void fieldsBecomeParameters() {
    assertThat(
            Decoding.resource(
                FelixConfiguration.class,
                PATH,
                """
                {"logSeverityScreen": "Info", "reportingInterval": "0s", "ipipEnabled": true,
                 "ipipMTU": 1480, "ipv6Support": false, "vxlanVNI": 4096, "natPortRange": "1:2",
                 "iptablesLockProbeInterval": "50ms", "iptablesRefreshInterval": "1m30s",
                 "xdpRefreshInterval": "1.5h", "genericXDPEnabled": false,
                 "bpfLogLevel": "", "healthHost": null, "iptablesMarkMask": 4278190080,
                 "failsafeInboundHostPorts": [{"protocol": "TCP", "port": 22},
                   {"protocol": "udp", "port": 68}],
                 "failsafeOutboundHostPorts": [], "externalNodesList": ["10.0.0.1", "10.0.0.2"],
                 "routeTableRange": {"min": 1, "max": 250}, "nodeSelector": "all()",
                 "kubeNodePortRanges": ["30000:32767", 80], "somethingNew": {"x": 1}}
                """))
        .isEqualTo(
            new FelixConfiguration(
                Map.ofEntries(
                    Map.entry("LogSeverityScreen", "Info"),
                    Map.entry("ReportingIntervalSecs", "0"),
                    Map.entry("IpInIpEnabled", "true"),
                    Map.entry("IpInIpMtu", "1480"),
                    Map.entry("Ipv6Support", "false"),
                    Map.entry("VXLANVNI", "4096"),
                    Map.entry("NATPortRange", "1:2"),
                    Map.entry("IptablesLockProbeIntervalMillis", "50"),
                    Map.entry("IptablesRefreshInterval", "90"),
                    Map.entry("XDPRefreshInterval", "5400"),
                    Map.entry("GenericXDPEnabled", "false"),
                    Map.entry("IptablesMarkMask", "4278190080"),
                    Map.entry("FailsafeInboundHostPorts", "tcp:22,udp:68"),
                    Map.entry("FailsafeOutboundHostPorts", "none"),
                    Map.entry("ExternalNodesCIDRList", "10.0.0.1,10.0.0.2"),
                    Map.entry("RouteTableRange", "1-250"),
                    Map.entry("KubeNodePortRanges", "30000:32767,80"))));
  }

  /** The names are those of the settings, so that they are found. */
  @Test
  void fieldsOfTheOverlayAndOfNatBecomeSettings() {
    FelixConfiguration configuration =
        Decoding.resource(
            FelixConfiguration.class,
            PATH,
            """
            {"vxlanEnabled": true, "vxlanVNI": 4097, "vxlanPort": 64000, "vxlanMTU": 1450,
             "ipipEnabled": false, "ipipMTU": 0, "mtuIfacePattern": "^eth", "natPortRange": 32768,
             "featureDetectOverride": "ChecksumOffloadBroken=true,MASQFullyRandom=false",
             "routeSource": "WorkloadIPs", "programClusterRoutes": "EnabledIPIPOnly",
             "externalNodesList": ["10.0.0.1", "10.1.0.0/16"], "natOutgoingAddress": "10.0.0.9",
             "natOutgoingExclusions": "IPPoolsAndHostIPs",
             "iptablesNATOutgoingInterfaceFilter": "eth+", "netlinkTimeout": "1500ms",
             "allowVXLANPacketsFromWorkloads": true, "allowIPIPPacketsFromWorkloads": true,
             "interfaceRefreshInterval": "1m"}
            """);

    assertThat(configuration.values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("VXLANEnabled", "true"),
                Map.entry("VXLANVNI", "4097"),
                Map.entry("VXLANPort", "64000"),
                Map.entry("VXLANMTU", "1450"),
                Map.entry("IpInIpEnabled", "false"),
                Map.entry("IpInIpMtu", "0"),
                Map.entry("MTUIfacePattern", "^eth"),
                Map.entry("NATPortRange", "32768"),
                Map.entry(
                    "FeatureDetectOverride", "ChecksumOffloadBroken=true,MASQFullyRandom=false"),
                Map.entry("RouteSource", "WorkloadIPs"),
                Map.entry("ProgramClusterRoutes", "EnabledIPIPOnly"),
                Map.entry("ExternalNodesCIDRList", "10.0.0.1,10.1.0.0/16"),
                Map.entry("NATOutgoingAddress", "10.0.0.9"),
                Map.entry("NATOutgoingExclusions", "IPPoolsAndHostIPs"),
                Map.entry("IptablesNATOutgoingInterfaceFilter", "eth+"),
                Map.entry("NetlinkTimeoutSecs", "1.5"),
                Map.entry("AllowVXLANPacketsFromWorkloads", "true"),
                Map.entry("AllowIPIPPacketsFromWorkloads", "true"),
                Map.entry("InterfaceRefreshInterval", "60")));
    assertThat(Settings.all())
        .extracting(Setting::name)
        .containsAll(configuration.values().keySet());
  }

  @Test
  void annotationsWin() {
    assertThat(
            Decoding.resource(
                "felixconfigurations/node.10.0.3.7",
                """
                {"metadata": {"annotations": {"config.projectcalico.org/MaxIpsetSize": "2097152",
                   "config.projectcalico.org/DefaultEndpointToHostAction": "Drop", "other": "x"}},
                 "spec": {"defaultEndpointToHostAction": "Return"}}
                """))
        .isEqualTo(
            new FelixConfiguration(
                Map.of("DefaultEndpointToHostAction", "Drop", "MaxIpsetSize", "2097152")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"reportingInterval": 5}                          ~ ReportingIntervalSecs
          {"netlinkTimeout": "10"}                          ~ NetlinkTimeoutSecs
          {"failsafeInboundHostPorts": "none"}              ~ FailsafeInboundHostPorts
          {"failsafeInboundHostPorts": [22]}                ~ FailsafeInboundHostPorts
          {"failsafeInboundHostPorts": [{"protocol": "tcp", "port": "22"}]} \
          ~ FailsafeInboundHostPorts
          {"failsafeInboundHostPorts": [{"protocol": "tcp:1,udp", "port": 22}]} \
          ~ FailsafeInboundHostPorts
          {"routeTableRange": {"min": 1}}                   ~ RouteTableRange
          {"routeTableRange": [1, 2]}                       ~ RouteTableRange
          """)
  void badFieldIsNoValueAndLeavesTheOthers(String spec, String name) {
    FelixConfiguration configuration =
        Decoding.resource(
            FelixConfiguration.class, PATH, "{\"maxIpsetSize\": 5, " + spec.substring(1));
    var config =
        FelixConfig.resolve(
            RawConfig.empty().with(Source.GLOBAL_CONFIGURATION, configuration.values()));

    assertThat(config.findings().size() + config.problems().size()).isEqualTo(1);
    assertThat(configuration.values()).hasSize(2).containsEntry("MaxIpsetSize", "5");
    assertThat(configuration.values()).containsKey(name);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "90s, 90",
    "1m30s, 90",
    "1.5s, 1.5",
    ".5s, 0.5",
    "1ms, 0.001",
    "1\u00b5s, 0.000001",
    "-2h, -7200",
    "100h0.5s, 360000.5"
  })
  void readsDurationsAsGoDoes(String text, String seconds) {
    assertThat(GoDuration.parse(text).inSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "1 s", "1d", "1s1", ".s", "99999999999999h", "1s\n"})
  void refusesOtherDurations(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
