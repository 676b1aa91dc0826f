package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import felix.model.EntityMatch;
import felix.model.HttpMatch;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.Policy;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleDecodingTest {
  private static final String GLOBAL = "globalnetworkpolicies/default.x";
  private static final String NAMESPACED = "networkpolicies/prod/default.x";

  private static List<Rule> rules(String path, String rule) {
    return Decoding.resource(Policy.class, path, "{\"ingress\": [" + rule + "]}").rules().ingress();
  }

  private static Rule rule(String rule) {
    return rules(GLOBAL, rule).getFirst();
  }

  private static EntityMatch source(String path, String entity) {
    return rules(path, "{\"action\": \"Allow\", \"source\": " + entity + "}").getFirst().source();
  }

  @Test
  void readsEveryMatch() {
    assertThat(
            rule(
                """
                {"action": "Deny", "ipVersion": 4, "protocol": "UDP",
                 "source": {"nets": ["10.1.2.3/8"], "notNets": ["10.0.0.1"],
                   "selector": "has(a)", "notSelector": "!has( b )",
                   "ports": [53, "8000:8010", "http-named", "99"], "notPorts": ["dns"]},
                 "destination": {"nets": [], "notPorts": [1]},
                 "http": {"methods": ["GET"]},
                 "metadata": {"annotations": {"why": "because", "a": "b"}}}
                """))
        .isEqualTo(
            new Rule(
                RuleAction.DENY,
                IpVersion.V4,
                Protocol.UDP,
                null,
                null,
                null,
                new EntityMatch(
                    "has(a)",
                    "!has(b)",
                    List.of(Cidr.parse("10.0.0.0/8")),
                    List.of(Cidr.parse("10.0.0.1/32")),
                    List.of(PortRange.of(53), new PortRange(8000, 8010), PortRange.of(99)),
                    List.of("http-named"),
                    List.of(),
                    List.of("dns")),
                new EntityMatch(
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(PortRange.of(1)),
                    List.of()),
                List.of("a=b", "why=because"),
                new RuleOrigin(
                    new RuleOrigin.Side("has(a)", "!has( b )", "", "", List.of()),
                    RuleOrigin.Side.NONE,
                    new HttpMatch(List.of("GET"), List.of()))));
  }

  @ParameterizedTest
  @CsvSource({
    "Allow, ALLOW",
    "allow, ALLOW",
    "'', ALLOW",
    "Deny, DENY",
    "Log, LOG",
    "Pass, PASS",
    "next-tier, PASS"
  })
  void readsActions(String action, RuleAction expected) {
    assertThat(rule("{\"action\": \"" + action + "\"}")).isEqualTo(Rule.of(expected));
  }

  @Test
  void ruleThatSaysNothingAllowsAsInFelix() {
    assertThat(rule("{}")).isEqualTo(Rule.of(RuleAction.ALLOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          "TCP"    ~ tcp    ~ 6
          "icmpv6" ~ icmpv6 ~ 58
          "UDPLite" ~ udplite ~ 136
          47       ~ 47     ~ 47
          "47"     ~ 47     ~ 47
          255      ~ 255    ~ 255
          """)
  void readsProtocols(String json, String text, int number) {
    assertThat(rule("{\"protocol\": " + json + "}").protocol())
        .isEqualTo(new Protocol(text, number));
    assertThat(rule("{\"notProtocol\": " + json + "}").notProtocol())
        .isEqualTo(new Protocol(text, number));
  }

  @Test
  void readsIcmp() {
    Rule rule =
        rule(
            "{\"protocol\": \"ICMP\", \"icmp\": {\"type\": 8}, \"notICMP\": {\"type\": 3, \"code\": 0}}");
    assertThat(rule.icmp()).isEqualTo(new IcmpMatch(8, null));
    assertThat(rule.notIcmp()).isEqualTo(new IcmpMatch(3, 0));
    assertThat(rule("{\"protocol\": 1, \"icmp\": {\"code\": 0}}").icmp()).isNull();
  }

  /**
   * The kernel takes a match on ICMP types in one family only, whatever way the protocol is given.
   */
  @ParameterizedTest
  @CsvSource({"'\"ICMP\"', V4", "1, V4", "'\"ICMPv6\"', V6", "58, V6"})
  void icmpTypesTieARuleToOneFamily(String protocol, IpVersion version) {
    assertThat(rule("{\"protocol\": " + protocol + ", \"icmp\": {\"type\": 8}}").ipVersion())
        .isEqualTo(version);
    assertThat(rule("{\"protocol\": " + protocol + "}").ipVersion()).isNull();
  }

  @Test
  void twoProtocolsBecomeOne() {
    Rule rule = rule("{\"protocol\": \"TCP\", \"notProtocol\": \"UDP\"}");
    assertThat(rule.protocol()).isEqualTo(Protocol.TCP);
    assertThat(rule.notProtocol()).isNull();
  }

  /**
   * Calico's API takes such rules since they mean something: ports of that name, whatever they
   * speak.
   */
  @Test
  void namedPortsNeedNoProtocol() {
    Rule rule =
        rule(
            "{\"source\": {\"notPorts\": [\"dns\"]}, \"destination\": {\"ports\": [\"http\", \"web\"]}}");
    assertThat(rule.protocol()).isNull();
    assertThat(rule.source().notNamedPorts()).containsExactly("dns");
    assertThat(rule.destination().namedPorts()).containsExactly("http", "web");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"protocol\": \"TCP\", \"notProtocol\": 6}",
        "{\"action\": \"Deny\", \"source\": {\"services\": {\"name\": \"x\", \"namespace\": \"y\"}}}",
        "{\"source\": {\"services\": {\"name\": \"x\"}}}",
        "{\"destination\": {\"services\": {\"name\": \"x\"}}}"
      })
  void ruleThatNoPacketCanMatchIsLeftOut(String rule) {
    assertThat(rules(GLOBAL, rule)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      nullValues = "-",
      textBlock =
          """
          {}                             ~ -  ~ -
          {"nets": ["10.0.0.0/8"]}       ~ -  ~ -
          {"selector": "has(a)"}         ~ (projectcalico.org/namespace == "prod" && has(a)) ~ -
          {"selector": "all()"}          ~ (projectcalico.org/namespace == "prod" && all()) ~ -
          {"notSelector": "has(a)"}      ~ projectcalico.org/namespace == "prod" ~ has(a)
          {"namespaceSelector": "all()"} ~ has(projectcalico.org/namespace) ~ -
          {"namespaceSelector": "global()", "selector": "has(a)"} \
          ~ (!has(projectcalico.org/namespace) && has(a)) ~ -
          {"namespaceSelector": "t == 'g'", "selector": "has(a) || has(b)"} \
          ~ (pcns.t == "g" && (has(a) || has(b))) ~ -
          {"serviceAccounts": {"names": ["b", "a"]}} \
          ~ (projectcalico.org/namespace == "prod" && projectcalico.org/serviceaccount in {"a", "b"}) ~ -
          {"serviceAccounts": {"names": ["a"], "selector": "has(x)"}, "selector": "has(y)"} \
          ~ (projectcalico.org/namespace == "prod" && ((has(pcsa.x) && projectcalico.org/serviceaccount in {"a"}) && has(y))) \
          ~ -
          """)
  void selectorsOfANamespacedPolicyAreFolded(String entity, String selector, String notSelector) {
    EntityMatch match = source(NAMESPACED, entity);
    assertThat(match.selector()).isEqualTo(selector);
    assertThat(match.notSelector()).isEqualTo(notSelector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      nullValues = "-",
      textBlock =
          """
          {"selector": "has(a)"}                         ~ has(a)
          {"notSelector": "has(a)"}                      ~ -
          {"namespaceSelector": "all()", "notSelector": "has(a)"} ~ has(projectcalico.org/namespace)
          {"serviceAccounts": {"selector": "all()"}}     ~ all()
          """)
  void selectorsOfAGlobalPolicyAreFolded(String entity, String selector) {
    assertThat(source(GLOBAL, entity).selector()).isEqualTo(selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"action": "Reject"}                     ~ action
          {"action": {}}                           ~ action
          {"ipVersion": 5}                         ~ ipVersion
          {"ipVersion": "4"}                       ~ ipVersion
          {"ipVersion": 4.0}                       ~ ipVersion
          {"protocol": 0}                          ~ protocol
          {"protocol": 256}                        ~ protocol
          {"protocol": "GRE"}                      ~ protocol
          {"protocol": ""}                         ~ protocol
          {"protocol": true}                       ~ protocol
          {"notProtocol": -1}                      ~ notProtocol
          {"icmp": {"type": 8}}                    ~ icmp
          {"notICMP": {"type": 8}, "protocol": "TCP"}  ~ notICMP
          {"icmp": {"type": 8}, "protocol": "ICMP", "ipVersion": 6} ~ icmp
          {"icmp": {"type": 255}, "protocol": "ICMP"}  ~ icmp.type
          {"icmp": {"type": 8, "code": 256}, "protocol": "ICMP"} ~ icmp.code
          {"icmp": 8, "protocol": "ICMP"}          ~ icmp
          {"source": []}                           ~ source
          {"source": {"nets": ["10.0.0.0/8", "x"]}}  ~ source.nets[1]
          {"source": {"notNets": [""]}}            ~ source.notNets[0]
          {"source": {"selector": "a"}}            ~ source.selector
          {"source": {"notSelector": "a"}}         ~ source.notSelector
          {"source": {"namespaceSelector": "a"}}   ~ source.namespaceSelector
          {"source": {"serviceAccounts": {"selector": "a"}}} ~ source.serviceAccounts.selector
          {"source": {"serviceAccounts": {"names": ["a'b"]}}} ~ source.serviceAccounts.names[0]
          {"destination": {"ports": [80]}}         ~ destination
          {"destination": {"ports": ["http", 80]}}  ~ destination
          {"destination": {"notPorts": [80]}}      ~ destination
          {"source": {"services": "x"}}            ~ source.services
          {"source": {"services": {"name": 1}}}    ~ source.services.name
          {"destination": {"ports": [80]}, "protocol": "UDPLite"}       ~ destination
          {"destination": {"ports": ["http"]}, "protocol": "ICMP"}      ~ destination
          {"destination": {"ports": [80, 0]}, "protocol": "TCP"}        ~ destination.ports[1]
          {"destination": {"ports": [65536]}, "protocol": "TCP"}        ~ destination.ports[0]
          {"destination": {"ports": ["0:80"]}, "protocol": "TCP"}       ~ destination.ports[0]
          {"destination": {"ports": ["90:80"]}, "protocol": "TCP"}      ~ destination.ports[0]
          {"destination": {"ports": ["80:65536"]}, "protocol": "TCP"}   ~ destination.ports[0]
          {"destination": {"ports": ["99999999999"]}, "protocol": "TCP"} ~ destination.ports[0]
          {"destination": {"ports": ["http_"]}, "protocol": "TCP"}      ~ destination.ports[0]
          {"destination": {"ports": ["sixteen-letters-"]}, "protocol": "TCP"} ~ destination.ports[0]
          {"destination": {"ports": [""]}, "protocol": "TCP"}           ~ destination.ports[0]
          {"destination": {"ports": [null]}, "protocol": "TCP"}         ~ destination.ports[0]
          {"destination": {"notPorts": [[80]]}, "protocol": "TCP"}      ~ destination.notPorts[0]
          {"metadata": {"annotations": {"a": 1}}}  ~ metadata.annotations.a
          {"metadata": []}                         ~ metadata
          """)
  void badFieldIsNamed(String rule, String path) {
    Quarantined problem = Decoding.problemOfSpec(GLOBAL, "{\"egress\": [{}, " + rule + "]}");
    assertThat(problem.field()).isEqualTo("spec.egress[1]." + path);
    assertThat(problem.reason()).matches("[ -~]{5,250}");
  }
}
