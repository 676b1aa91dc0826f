package felix.datastore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.EndpointPort;
import felix.model.HostEndpoint;
import felix.model.Ip;
import felix.model.Labels;
import felix.model.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostEndpointDecodingTest {
  private static final String PATH = "hostendpoints/10.0.3.7-eth0";

  private static HostEndpoint ofSpec(String spec) {
    return Decoding.resource(HostEndpoint.class, PATH, spec);
  }

  /** What is used although a part is bad. */
  private static HostEndpoint rest(Decoded decoded) {
    return (HostEndpoint) requireNonNull(decoded.updates().getFirst().value());
  }

  @Test
  void readsAllThatPolicyNeeds() {
    assertThat(
            Decoding.resource(
                PATH,
                """
                {"kind": "HostEndpoint", "apiVersion": "projectcalico.org/v3",
                 "metadata": {"name": "10.0.3.7-eth0", "uid": "2", "creationTimestamp": null,
                   "labels": {"role": "agent", "empty": null},
                   "annotations": {"qos.projectcalico.org/dscp": "EF", "other": "x"}},
                 "spec": {"node": "10.0.3.7", "interfaceName": "eth0",
                   "expectedIPs": ["10.0.3.7", "fd00::7"], "profiles": ["a", "b"],
                   "ports": [{"name": "ssh", "protocol": "TCP", "port": 22}]}}
                """))
        .isEqualTo(
            new HostEndpoint(
                "10.0.3.7",
                "eth0",
                List.of(Ip.parse("10.0.3.7"), Ip.parse("fd00::7")),
                List.of("a", "b"),
                List.of(new EndpointPort("ssh", Protocol.TCP, 22)),
                Labels.of(Map.of("role", "agent", "empty", "")),
                46));
  }

  @Test
  void readsOneForAllInterfaces() {
    assertThat(ofSpec("{\"node\": \"node-2\", \"interfaceName\": \"*\"}"))
        .isEqualTo(
            new HostEndpoint("node-2", "*", List.of(), List.of(), List.of(), Labels.NONE, null));
  }

  @Test
  void expectedAddressesStandForAMissingName() {
    HostEndpoint endpoint = ofSpec("{\"node\": \"n\", \"expectedIPs\": [\"10.0.0.1\"]}");
    assertThat(endpoint.interfaceName()).isNull();
    assertThat(
            ofSpec("{\"node\": \"n\", \"interfaceName\": \"\", \"expectedIPs\": [\"10.0.0.1\"]}"))
        .isEqualTo(endpoint);
  }

  /** Unlike a workload's: who may write host endpoints may write namespaces, too. */
  @Test
  void labelsOfNamespacesCountAsInFelix() {
    Decoded decoded =
        Decoding.decode(
            PATH,
            """
            {"metadata": {"labels": {"pcns.tier": "gold"}},
             "spec": {"node": "n", "interfaceName": "eth0"}}
            """);
    assertThat(rest(decoded).labels()).isEqualTo(Labels.of(Map.of("pcns.tier", "gold")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          "node": ""                        ~ spec.node
          "node": null                      ~ spec.node
          "node": "a b"                     ~ spec.node
          "node": 1                         ~ spec.node
          "interfaceName": "a/b"            ~ spec.interfaceName
          "interfaceName": "eth0:1"         ~ spec.interfaceName
          "interfaceName": "**"             ~ spec.interfaceName
          "interfaceName": "eth*"           ~ spec.interfaceName
          "interfaceName": "all"            ~ spec.interfaceName
          "interfaceName": "sixteen-letters-" ~ spec.interfaceName
          "interfaceName": 5                ~ spec.interfaceName
          "interfaceName": ""               ~ spec
          "interfaceName": "", "expectedIPs": ["x"] ~ spec
          "profiles": ["a", "b c"]          ~ spec.profiles[1]
          "profiles": "a"                   ~ spec.profiles
          "ports": [{"name": "", "protocol": "TCP", "port": 1}]     ~ spec.ports[0].name
          "ports": [{"name": "a b", "protocol": "TCP", "port": 1}]  ~ spec.ports[0].name
          "ports": [{"name": "a", "protocol": "ICMP", "port": 1}]   ~ spec.ports[0].protocol
          "ports": [{"name": "a", "protocol": "TCP", "port": 0}]    ~ spec.ports[0].port
          "ports": [{"name": "a", "protocol": "TCP", "port": 65536}] ~ spec.ports[0].port
          "ports": {}                       ~ spec.ports
          """)
  void badFieldIsNamed(String field, String path) {
    String spec = "{\"node\": \"n\", \"interfaceName\": \"eth0\", %s}".formatted(field);
    assertThat(Decoding.problemOfSpec(PATH, spec).field()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a b\": \"c\"", "\"a\": \"b c\"", "\"a\": \"-\"", "\"a\": 1"})
  void badLabelIsRefused(String label) {
    assertThat(
            Decoding.problem(
                    PATH,
                    """
                    {"metadata": {"labels": {%s}}, "spec": {"node": "n", "interfaceName": "eth0"}}
                    """
                        .formatted(label))
                .field())
        .startsWith("metadata.labels.a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          ["10.0.0.1", "x"]              ~ spec.expectedIPs[1]
          ["10.0.0.0/24", "10.0.0.1"]    ~ spec.expectedIPs[0]
          ["10.0.0.1", null]             ~ spec.expectedIPs[1]
          [7, "10.0.0.1"]                ~ spec.expectedIPs[0]
          """)
  void badAddressIsLeftOutAndNamed(String addresses, String path) {
    Decoded decoded =
        Decoding.decodeSpec(PATH, "{\"node\": \"n\", \"expectedIPs\": %s}".formatted(addresses));
    assertThat(rest(decoded).expectedIps()).containsExactly(Ip.parse("10.0.0.1"));
    assertThat(requireNonNull(decoded.problem()).field()).isEqualTo(path);
  }

  @Test
  void interfaceKeepsItsPolicyWhateverItsAddressesAre() {
    Decoded decoded =
        Decoding.decodeSpec(
            PATH, "{\"node\": \"n\", \"interfaceName\": \"eth0\", \"expectedIPs\": \"10.0.0.1\"}");
    assertThat(rest(decoded).interfaceName()).isEqualTo("eth0");
    assertThat(requireNonNull(decoded.problem()).field()).isEqualTo("spec.expectedIPs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"64\"", "\"AF44\"", "\"\"", "[]"})
  void badMarkIsLeftOutAndNamed(String mark) {
    Decoded decoded =
        Decoding.decode(
            PATH,
            """
            {"metadata": {"annotations": {"qos.projectcalico.org/dscp": %s}},
             "spec": {"node": "n", "interfaceName": "eth0"}}
            """
                .formatted(mark));
    assertThat(rest(decoded).dscp()).isNull();
    assertThat(requireNonNull(decoded.problem()).field())
        .isEqualTo("metadata.annotations.qos.projectcalico.org/dscp");
  }
}
