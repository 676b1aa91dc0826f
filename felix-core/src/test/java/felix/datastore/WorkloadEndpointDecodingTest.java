package felix.datastore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.EndpointPort;
import felix.model.Ip;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.Protocol;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadExtras;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadEndpointDecodingTest {
  private static final String PATH = "workloadendpoints/team-a/node--2-k8s-db--0-eth0";

  private static WorkloadEndpoint ofSpec(String spec) {
    return Decoding.resource(WorkloadEndpoint.class, PATH, spec);
  }

  private static WorkloadEndpoint endpoint(String json) {
    return (WorkloadEndpoint) requireNonNull(Decoding.resource(PATH, json));
  }

  @Test
  void readsAllThatPolicyNeeds() {
    assertThat(
            Decoding.resource(
                PATH,
                """
                {"kind": "WorkloadEndpoint", "apiVersion": "projectcalico.org/v3",
                 "metadata": {"name": "node--2-k8s-db--0-eth0", "namespace": "team-a", "uid": "1",
                   "creationTimestamp": null, "labels": {"app": "db", "pcns.tier": "gold",
                   "pcsa.x": "y", "projectcalico.org/namespace": "team-a", "empty": null}},
                 "spec": {"orchestrator": "k8s", "node": "node-2", "pod": "db-0",
                   "endpoint": "eth0", "ipNetworks": ["172.29.9.3/32", "fd00:29::3"],
                   "profiles": ["kns.team-a", "ksa.team-a.default"],
                   "interfaceName": "cali0a1b2c3d4e5", "mac": "EE:ee:ee:ee:ee:01",
                   "ports": [{"name": "pg", "protocol": "TCP", "port": 5432},
                     {"protocol": "ICMP", "hostPort": 3}],
                   "ipNATs": [{"internalIP": "172.29.9.3", "externalIP": "203.0.113.8"},
                     {"internalIP": "fd00:29::3", "externalIP": "2001:db8::8"}],
                   "allowSpoofedSourcePrefixes": ["198.51.100.7/24", "2001:db8::/32"],
                   "qosControls": {"dscp": "AF11", "ingressBandwidth": 1000000},
                   "ipv4Gateway": "169.254.1.1", "unknown": {"x": [1, 2]}}}
                """))
        .isEqualTo(
            new WorkloadEndpoint(
                "cali0a1b2c3d4e5",
                List.of(Cidr.parse("172.29.9.3/32"), Cidr.parse("fd00:29::3/128")),
                MacAddress.parse("ee:ee:ee:ee:ee:01"),
                List.of("kns.team-a", "ksa.team-a.default"),
                List.of(new EndpointPort("pg", Protocol.TCP, 5432)),
                Labels.of(
                    Map.of("app", "db", "projectcalico.org/namespace", "team-a", "empty", "")),
                new WorkloadExtras(
                    List.of(
                        new AddressTranslation(Ip.parse("172.29.9.3"), Ip.parse("203.0.113.8")),
                        new AddressTranslation(Ip.parse("fd00:29::3"), Ip.parse("2001:db8::8"))),
                    List.of(Cidr.parse("198.51.100.0/24"), Cidr.parse("2001:db8::/32")),
                    10)));
  }

  @Test
  void serviceAccountBecomesALabel() {
    assertThat(
            ofSpec(
                    """
                    {"interfaceName": "cali1", "ipNetworks": ["10.0.0.1"],
                     "serviceAccountName": "robot"}
                    """)
                .labels())
        .isEqualTo(Labels.of(Map.of("projectcalico.org/serviceaccount", "robot")));
  }

  @Test
  void withoutAddressThereIsNothingToDoYet() {
    assertThat(Decoding.resource(PATH, "{\"spec\": {\"interfaceName\": \"cali1\", \"mac\": \"\"}}"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"02:00:00:00:0a:01", "02-00-00-00-0A-01", "0200.0000.0a01"})
  void readsAllFormsOfMacAddresses(String mac) {
    WorkloadEndpoint endpoint =
        ofSpec(
            "{\"interfaceName\": \"cali1\", \"ipNetworks\": [\"10.0.0.1\"], \"mac\": \"%s\"}"
                .formatted(mac));
    assertThat(endpoint.mac()).isEqualTo(MacAddress.parse("02:00:00:00:0a:01"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          "interfaceName": ""               ~ spec.interfaceName
          "interfaceName": null             ~ spec.interfaceName
          "interfaceName": 5                ~ spec.interfaceName
          "interfaceName": "all"            ~ spec.interfaceName
          "interfaceName": "default"        ~ spec.interfaceName
          "interfaceName": ".."             ~ spec.interfaceName
          "interfaceName": "a/b"            ~ spec.interfaceName
          "interfaceName": "cali:1"         ~ spec.interfaceName
          "interfaceName": "cali 1"         ~ spec.interfaceName
          "interfaceName": "cali1+\\u0000"  ~ spec.interfaceName
          "interfaceName": "cali\\n"        ~ spec.interfaceName
          "interfaceName": "cali0123456789ab" ~ spec.interfaceName
          "ipNetworks": "10.0.0.1"          ~ spec.ipNetworks
          "ipNetworks": {}                  ~ spec.ipNetworks
          "ipNetworks": [null]              ~ spec.ipNetworks[0]
          "ipNetworks": ["10.0.0.1", "10.0.0.256"] ~ spec.ipNetworks[1]
          "ipNetworks": ["10.0.0.1/33"]     ~ spec.ipNetworks[0]
          "ipNetworks": ["fd00::1/129"]     ~ spec.ipNetworks[0]
          "ipNetworks": ["10.0.0.1/0"]      ~ spec.ipNetworks[0]
          "ipNetworks": ["10.0.0.1", "::/0"] ~ spec.ipNetworks[1]
          "mac": "02:00:00:00:00"           ~ spec.mac
          "mac": 2                          ~ spec.mac
          "profiles": ["calico", "a b"]     ~ spec.profiles[1]
          "profiles": [["calico"]]          ~ spec.profiles[0]
          "ipv4Gateway": "x"                ~ spec.ipv4Gateway
          "ports": [{"name": "a b", "protocol": "TCP", "port": 1}]  ~ spec.ports[0].name
          "ports": [{"name": "a", "protocol": "ICMP", "port": 1}]   ~ spec.ports[0].protocol
          "ports": [{"name": "a", "protocol": "6", "port": 1}]      ~ spec.ports[0].protocol
          "ports": [{"name": "a", "port": 1}]                       ~ spec.ports[0].protocol
          "ports": [{"name": "a", "protocol": "TCP"}]               ~ spec.ports[0].port
          "ports": [{"name": "a", "protocol": "TCP", "port": 0}]    ~ spec.ports[0].port
          "ports": [{"name": "a", "protocol": "TCP", "port": 1.0}]  ~ spec.ports[0].port
          "ports": [{"name": "a", "protocol": "TCP", "port": 65536}] ~ spec.ports[0].port
          "ports": [{"name": "a", "protocol": "TCP", "port": 4294967376}] ~ spec.ports[0].port
          "ports": [7]                      ~ spec.ports[0]
          """)
  void badFieldIsNamed(String field, String path) {
    String spec =
        "{\"interfaceName\": \"cali1\", \"ipNetworks\": [\"10.0.0.1\"], %s}".formatted(field);
    assertThat(Decoding.problemOfSpec(PATH, spec).field()).isEqualTo(path);
  }

  @Test
  void withoutExtrasNothingIsKeptOfThem() {
    assertThat(
            ofSpec(
                    """
                    {"interfaceName": "cali1", "ipNetworks": ["10.0.0.1"], "ipNATs": [],
                     "allowSpoofedSourcePrefixes": null, "qosControls": {"dscp": null}}
                    """)
                .extras())
        .isSameAs(WorkloadExtras.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          "ipNATs": 5                       ~ spec.ipNATs
          "ipNATs": ["x"]                   ~ spec.ipNATs[0]
          "ipNATs": [{}]                    ~ spec.ipNATs[0].internalIP
          "ipNATs": [{"internalIP": "x", "externalIP": "1.2.3.4"}] ~ spec.ipNATs[0].internalIP
          "ipNATs": [{"internalIP": "10.0.0.1/32", "externalIP": "1.2.3.4"}] ~ spec.ipNATs[0].internalIP
          "ipNATs": [{"internalIP": "10.0.0.2", "externalIP": "1.2.3.4"}] ~ spec.ipNATs[0].internalIP
          "ipNATs": [{"internalIP": "10.0.0.1"}] ~ spec.ipNATs[0].externalIP
          "ipNATs": [{"internalIP": "10.0.0.1", "externalIP": "1.2.3.256"}] ~ spec.ipNATs[0].externalIP
          "ipNATs": [{"internalIP": "10.0.0.1", "externalIP": "fd00::1"}] ~ spec.ipNATs[0].externalIP
          "allowSpoofedSourcePrefixes": "x"     ~ spec.allowSpoofedSourcePrefixes
          "allowSpoofedSourcePrefixes": ["10.0.0.0/33"] ~ spec.allowSpoofedSourcePrefixes[0]
          "allowSpoofedSourcePrefixes": [null]  ~ spec.allowSpoofedSourcePrefixes[0]
          "qosControls": 1                  ~ spec.qosControls
          "qosControls": {"dscp": 64}       ~ spec.qosControls.dscp
          "qosControls": {"dscp": -1}       ~ spec.qosControls.dscp
          "qosControls": {"dscp": 1.5}      ~ spec.qosControls.dscp
          "qosControls": {"dscp": "64"}     ~ spec.qosControls.dscp
          "qosControls": {"dscp": "CS7"}    ~ spec.qosControls.dscp
          "qosControls": {"dscp": ""}       ~ spec.qosControls.dscp
          "qosControls": {"dscp": []}       ~ spec.qosControls.dscp
          """)
  void endpointThatAsksBadlyDoesWithoutAndIsThere(String field, String path) {
    Decoded decoded =
        Decoding.decodeSpec(
            PATH,
            "{\"interfaceName\": \"cali1\", \"ipNetworks\": [\"10.0.0.1\"], %s}".formatted(field));
    assertThat(requireNonNull(decoded.problem()).field()).isEqualTo(path);
    assertThat(decoded.problem().key()).endsWith(PATH);
    var endpoint = (WorkloadEndpoint) requireNonNull(decoded.updates().getFirst().value());
    assertThat(endpoint.extras()).isSameAs(WorkloadExtras.NONE);
  }

  @Test
  void oneBadTranslationLeavesTheOthers() {
    Decoded decoded =
        Decoding.decodeSpec(
            PATH,
            """
            {"interfaceName": "cali1", "ipNetworks": ["10.0.0.0/30"],
             "ipNATs": [{"internalIP": "10.0.0.1", "externalIP": "1.2.3.4"}, {},
               {"internalIP": "10.0.0.3", "externalIP": "1.2.3.5"}]}
            """);
    var endpoint = (WorkloadEndpoint) requireNonNull(decoded.updates().getFirst().value());
    assertThat(endpoint.extras().translations())
        .extracting(translation -> translation.external().toString())
        .containsExactly("1.2.3.4", "1.2.3.5");
    assertThat(requireNonNull(decoded.problem()).field()).isEqualTo("spec.ipNATs[1].internalIP");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "63, 63",
    "'\"0\"', 0",
    "'\"46\"', 46",
    "'\"EF\"', 46",
    "'\"ef\"', 46",
    "'\" af43 \"', 38",
    "'\"DF\"', 0",
    "'\"CS6\"', 48"
  })
  void readsNumbersAndNamesOfMarks(String json, int dscp) {
    assertThat(
            ofSpec(
                    "{\"interfaceName\": \"cali1\", \"ipNetworks\": [\"10.0.0.1\"], \"qosControls\": {\"dscp\": %s}}"
                        .formatted(json))
                .extras()
                .dscp())
        .isEqualTo(dscp);
  }

  @Test
  void badLabelIsNamed() {
    assertThat(
            Decoding.problem(
                PATH,
                """
                {"metadata": {"labels": {"a": "b", "c\\u001b": {}}},
                 "spec": {"interfaceName": "cali1", "ipNetworks": ["10.0.0.1"]}}
                """))
        .hasToString(
            KeyPath.ROOT + PATH + ": metadata.labels.c?: expected a string, found an object");
  }

  /** As Go's reader does; two texts that differ must not become one on the way to bytes. */
  @Test
  void halfCharactersBecomeReplacementCharacters() {
    WorkloadEndpoint endpoint =
        endpoint(
            """
                {"metadata": {"labels": {"a": "\\ud83d\\ude00 \\ud83d x"}},
                 "spec": {"interfaceName": "cali1", "ipNetworks": ["10.0.0.1"]}}
                """);
    assertThat(endpoint.labels().get("a")).isEqualTo("\ud83d\ude00 \ufffd x");
  }

  @Test
  void equalLabelsAndProfilesAreOneObject() {
    String json =
        """
        {"metadata": {"labels": {"app": "x"}},
         "spec": {"interfaceName": "cali1", "ipNetworks": ["10.0.0.1"], "profiles": ["p"]}}
        """;
    WorkloadEndpoint first = endpoint(json);
    WorkloadEndpoint second = endpoint(json);
    assertThat(first.labels()).isSameAs(second.labels());
    assertThat(first.profiles()).isSameAs(second.profiles());
  }
}
