package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Probe;
import felix.lab.Workload;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nonsense in etcd: the object counts as absent and is named in the log, all others keep working,
 * and a later good version is taken at once.
 */
@Tag("packets")
class BadInputTest {
  private static final Workload LATE = Workload.ipv4(4);
  private static final String LATE_KEY = Example.endpointKey("late");
  private static final Probe TO_LATE = Probe.udp(Example.BOOKSTORE, LATE.ip(), 53);

  @Nested
  class Legacy extends Cases {
    Legacy() {
      super(Backend.LEGACY);
    }
  }

  @Nested
  class Nft extends Cases {
    Nft() {
      super(Backend.NFT);
    }
  }

  abstract static class Cases extends OneLab {
    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.load(Example.STATE);
      lab.node().plug(LATE);
    }

    /** A bad policy stops nothing; the good one stops {@link Example#THROUGH_GATE}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aBadPolicyIsAsGoodAsNone(String what, String value) {
      lab.etcd().put(Example.GATE, Example.gate());
      lab.awaitClosed(Example.THROUGH_GATE);

      lab.etcd().put(Example.GATE, value);
      lab.awaitOpen(Example.THROUGH_GATE);
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
      assertThat(lab.agent().log()).contains(Example.GATE);
      assertThat(putAside()).isOne();

      lab.etcd().put(Example.GATE, Example.gate());
      lab.awaitClosed(Example.THROUGH_GATE);
      assertThat(putAside()).isZero();
    }

    static Stream<Arguments> aBadPolicyIsAsGoodAsNone() {
      return Stream.of(
          Arguments.of("no JSON at all", "\u0000\u0001 no JSON"),
          Arguments.of("an empty value", ""),
          Arguments.of("JSON cut short", Example.gate().substring(0, 150)),
          Arguments.of("JSON of another shape", "[1, 2, 3]"),
          Arguments.of("10,000 levels of JSON", "[".repeat(10_000) + "]".repeat(10_000)),
          Arguments.of(
              "a spec that is text",
              "{\"kind\": \"NetworkPolicy\", \"metadata\": {}, \"spec\": \"all\"}"),
          Arguments.of("a selector that is a number", withSelector("7").replace("\"7\"", "7")),
          Arguments.of(
              "an order that is text",
              Example.gate().replace("\"order\": 1", "\"order\": \"first\"")),
          Arguments.of("an unfinished selector", withSelector("biz_type == ")),
          Arguments.of("10,000 parentheses", withSelector("(".repeat(10_000))),
          Arguments.of("a selector of a megabyte", withSelector("a == 'b' || ".repeat(80_000))),
          Arguments.of(
              "an unfinished selector in a rule",
              withRule("{\"action\": \"Deny\", \"source\": {\"selector\": \"a in {\"}}")),
          Arguments.of(
              "a prefix too long",
              withRule("{\"action\": \"Deny\", \"source\": {\"nets\": [\"10.0.0.0/33\"]}}")),
          Arguments.of(
              "no address",
              withRule("{\"action\": \"Deny\", \"source\": {\"nets\": [\"300.1.1.1/8\"]}}")),
          Arguments.of(
              "a port too large",
              withRule(
                  "{\"action\": \"Deny\", \"protocol\": \"UDP\", \"destination\": {\"ports\": [70000]}}")),
          Arguments.of(
              "a range backwards",
              withRule(
                  "{\"action\": \"Deny\", \"protocol\": \"UDP\", \"destination\": {\"ports\": [\"90:80\"]}}")),
          Arguments.of("no protocol", withRule("{\"action\": \"Deny\", \"protocol\": \"TCPX\"}")),
          Arguments.of(
              "a protocol number too large", withRule("{\"action\": \"Deny\", \"protocol\": 256}")),
          Arguments.of("an unknown action", withRule("{\"action\": \"Permit\"}")));
    }

    /** A bad endpoint leaves its interface closed; the good one opens it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aBadEndpointIsAsGoodAsNone(String what, String value) {
      lab.etcd().put(LATE_KEY, good());
      lab.awaitOpen(TO_LATE);

      lab.etcd().put(LATE_KEY, value);
      lab.awaitClosed(TO_LATE);
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
      assertThat(lab.agent().log()).contains(LATE_KEY);
      assertThat(putAside()).isOne();

      lab.etcd().put(LATE_KEY, good());
      lab.awaitOpen(TO_LATE);
      assertThat(putAside()).isZero();
    }

    static Stream<Arguments> aBadEndpointIsAsGoodAsNone() {
      return Stream.of(
          Arguments.of("JSON cut short", good().substring(0, 200)),
          Arguments.of("an empty interface name", withInterface("")),
          Arguments.of("a path as interface name", withInterface("../../x")),
          Arguments.of("a command as interface name", withInterface("cali;reboot")),
          Arguments.of("an interface name too long", withInterface("cali000000000000000004")),
          Arguments.of("no address", good().replace("172.29.1.4/32", "172.29.1.999/32")),
          Arguments.of("an address that is a number", good().replace("\"172.29.1.4/32\"", "4")),
          Arguments.of("no MAC address", good().replace(LATE.mac(), "02:zz")));
    }

    /** What may be ignored or not, but must not disturb others. */
    @ParameterizedTest
    @MethodSource
    void nothingElseIsDisturbedBy(String key, String value) {
      lab.etcd().put(key, value);
      lab.etcd().put(Example.GATE, Example.gate());
      lab.awaitClosed(Example.THROUGH_GATE);
      lab.etcd().delete(Example.GATE);
      lab.awaitOpen(Example.THROUGH_GATE);
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
      lab.etcd().delete(key);
      lab.agent().mustBeAlive();
    }

    static Stream<Arguments> nothingElseIsDisturbedBy() {
      var other = Example.RESOURCES + "networkpolicies/default/default.other";
      return Stream.of(
          Arguments.of(
              Example.RESOURCES + "novelties/default/one", "{\"kind\": \"Novelty\", \"spec\": {}}"),
          Arguments.of(
              other,
              Example.gate().replace("\"NetworkPolicy\"", "\"Novelty\"").replace("UDP", "TCP")),
          Arguments.of(
              other,
              Example.gate()
                  .replace("\"order\"", "\"novelty\": {\"a\": [1]}, \"order\"")
                  .replace("UDP", "TCP")),
          Arguments.of(Example.RESOURCES + "networkpolicies/a/b/c/d", Example.gate()),
          Arguments.of(Example.RESOURCES + "workloadendpoints/default/no-name", good()),
          Arguments.of(
              Example.RESOURCES + "networksets/default/bad",
              "{\"kind\": \"NetworkSet\", \"metadata\": {\"labels\": {\"a\": 1}}, \"spec\": {\"nets\": [\"1.2.3\"]}}"),
          Arguments.of(
              Example.RESOURCES + "tiers/bad",
              "{\"kind\": \"Tier\", \"spec\": {\"order\": \"last\"}}"),
          Arguments.of(
              Example.RESOURCES + "profiles/bad",
              "{\"kind\": \"Profile\", \"spec\": {\"ingress\": 1}}"),
          Arguments.of("/calico/../\n\u0001", "{}"));
    }

    /** How many resources the agent says that it cannot use. */
    private int putAside() {
      return lab.agent()
          .metrics()
          .lines()
          .filter(line -> line.startsWith("felix_quarantined_resources "))
          .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
          .findFirst()
          .orElseThrow();
    }

    private static String good() {
      return Example.endpoint("late", LATE.iface(), LATE.ip(), LATE.mac());
    }

    private static String withInterface(String name) {
      return good().replace(LATE.iface(), name);
    }

    private static String withSelector(String selector) {
      return Example.policy(
          "gate",
          "\"order\": 1, \"selector\": \""
              + selector
              + "\", \"types\": [\"Ingress\"], \"ingress\": [{\"action\": \"Deny\"}]");
    }

    private static String withRule(String rule) {
      return Example.policy(
          "gate",
          "\"order\": 1, \"selector\": \"role == 'client'\", \"types\": [\"Ingress\"], \"ingress\": ["
              + rule
              + "]");
    }
  }
}
