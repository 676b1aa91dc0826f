package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.TierPolicies;
import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.HttpMatch;
import felix.model.IcmpMatch;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes of messages, against Protocol Buffers' own reader and against Felix v3.14. */
class MessageBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/felix/policysync/messages.txt");

  /**
   * {@link #POLICY} as Felix v3.14.0 marshals it: ParsedRulesToActivePolicyUpdate of the same
   * rules, with the rules' IDs.
   */
  private static final Path OF_FELIX =
      Path.of("src/test/resources/felix/policysync/policy-of-felix.hex");

  private static final WorkloadEndpointKey WORKLOAD =
      new WorkloadEndpointKey("node1", "k8s", "default/web", "eth0");
  private static final PolicyRef NAME =
      new PolicyRef("default", new PolicyKey(PolicyKind.NETWORK_POLICY, "default", "default.web"));
  private static final Message POLICY =
      new Message.PolicyUpdate(
          NAME,
          new ActiveRules(
              List.of(
                  everyField(),
                  ActiveRule.of(RuleAction.DENY),
                  rule(RuleAction.PASS, Protocol.ofName("icmp"), new IcmpMatch(0, null), null),
                  rule(
                      RuleAction.LOG,
                      Protocol.ofNumber(6),
                      null,
                      new HttpMatch(List.of(), List.of()))),
              List.of(rule(RuleAction.ALLOW, Protocol.UDP, new IcmpMatch(0, 0), null))));

  private static final List<Message> ALL =
      List.of(
          new Message.InSync(),
          new Message.IpSetUpdate(
              new IpSetId("s:web"),
              IpSetType.NET,
              List.of(net("10.0.0.2/32"), net("10.1.0.0/16"), net("fd00::2/128"))),
          new Message.IpSetUpdate(
              new IpSetId("n:http"),
              IpSetType.IP_PORT,
              List.of(
                  new IpSetMember.Port(Ip.parse("10.0.0.2"), Protocol.TCP, 80),
                  new IpSetMember.Port(Ip.parse("fd00::2"), Protocol.SCTP, 65535))),
          new Message.IpSetUpdate(new IpSetId("s:none"), IpSetType.NET, List.of()),
          new Message.IpSetDelta(
              new IpSetId("s:web"), List.of(net("10.0.0.3/32")), List.of(net("10.0.0.2/32"))),
          new Message.IpSetRemove(new IpSetId("s:web")),
          POLICY,
          new Message.PolicyUpdate(
              new PolicyRef(
                  "security", new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "security.all")),
              new ActiveRules(List.of(), List.of())),
          new Message.PolicyRemove(NAME),
          new Message.ProfileUpdate(
              "kns.default",
              new ActiveRules(
                  List.of(ActiveRule.of(RuleAction.ALLOW)),
                  List.of(ActiveRule.of(RuleAction.ALLOW)))),
          new Message.ProfileRemove("kns.default"),
          new Message.WorkloadUpdate(WORKLOAD, workload()),
          new Message.WorkloadUpdate(
              WORKLOAD,
              new ActiveWorkload(
                  "cali1", List.of(), null, List.of(), List.of(), WorkloadExtras.NONE)),
          new Message.WorkloadRemove(WORKLOAD),
          new Message.ServiceAccountUpdate(
              "web", "shop", Labels.of(Map.of("role", "grün", "empty", ""))),
          new Message.ServiceAccountRemove("web", "shop"),
          new Message.NamespaceUpdate("web", Labels.of(Map.of("stage", "prod"))),
          new Message.NamespaceRemove("web"));

  @Test
  void aClientReadsAllFields() throws IOException {
    String text = ALL.stream().map(MessageBytesTest::text).collect(Collectors.joining("\n"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, text);
    }

    assertThat(GOLDEN).hasContent(text);
  }

  /** Nothing twice, nothing unknown, nothing out of order. */
  @Test
  void bytesAreThoseThatProtocolBuffersWouldWrite() {
    assertThat(ALL)
        .allSatisfy(
            message -> {
              byte[] bytes = MessageBytes.of(message);
              assertThat(ProtoFile.decode(bytes).toByteArray()).isEqualTo(bytes);
              assertThat(text(message)).doesNotContainPattern("(?m)^ *[0-9]+[:{ ]");
            });
  }

  @Test
  void rulesAndTheirIdsAreFelix() throws IOException {
    byte[] felix = HexFormat.of().parseHex(Files.readString(OF_FELIX).replace("\n", ""));

    assertThat(text(ProtoFile.decode(MessageBytes.of(POLICY))))
        .isEqualTo(text(ProtoFile.decode(felix)));
  }

  @Test
  void everyKindOfMessageIsThere() {
    assertThat(ALL.stream().map(Object::getClass).distinct())
        .hasSameElementsAs(Stream.of(Message.class.getPermittedSubclasses()).toList());
  }

  private static String text(Message message) {
    return text(ProtoFile.decode(MessageBytes.of(message)));
  }

  private static String text(DynamicMessage message) {
    return TextFormat.printer().escapingNonAscii(false).printToString(message);
  }

  private static ActiveWorkload workload() {
    var tier =
        new TierPolicies("default", RuleAction.DENY, List.of(NAME.key()), List.of(NAME.key()));
    return new ActiveWorkload(
        "cali0ef24ba",
        List.of(Cidr.parse("10.0.0.2/32"), Cidr.parse("fd00::2/128")),
        MacAddress.parse("ee:ee:ee:00:00:0A"),
        List.of(tier),
        List.of("kns.default", "ksa.default.web"),
        new WorkloadExtras(
            List.of(
                new AddressTranslation(Ip.parse("10.0.0.2"), Ip.parse("192.0.2.1")),
                new AddressTranslation(Ip.parse("fd00::2"), Ip.parse("2001:db8::1"))),
            List.of(),
            null));
  }

  private static IpSetMember net(String text) {
    return new IpSetMember.Net(Cidr.parse(text));
  }

  private static ActiveRule rule(
      RuleAction action, Protocol protocol, @Nullable IcmpMatch icmp, @Nullable HttpMatch http) {
    return new ActiveRule(
        action,
        null,
        protocol,
        null,
        icmp,
        null,
        ActiveEntity.ANY,
        ActiveEntity.ANY,
        List.of(),
        new RuleOrigin(RuleOrigin.Side.NONE, RuleOrigin.Side.NONE, http));
  }

  private static ActiveRule everyField() {
    var http =
        new HttpMatch(
            List.of("GET", "POST"),
            List.of(new HttpMatch.Path("/a", false), new HttpMatch.Path("/b", true)));
    return new ActiveRule(
        RuleAction.ALLOW,
        IpVersion.V4,
        Protocol.TCP,
        Protocol.ofNumber(6),
        new IcmpMatch(8, null),
        new IcmpMatch(3, 0),
        new ActiveEntity(
            List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00:1::/64")),
            List.of(Cidr.parse("10.1.0.0/16")),
            List.of(new PortRange(0, 80), PortRange.of(443)),
            List.of(new PortRange(1, 2)),
            List.of(new IpSetId("s:src")),
            List.of(new IpSetId("s:notsrc")),
            List.of(new IpSetId("n:src")),
            List.of(new IpSetId("n:notsrc"))),
        new ActiveEntity(
            List.of(Cidr.parse("10.0.0.1/32")),
            List.of(Cidr.parse("fd00::9/128")),
            List.of(new PortRange(8000, 8080)),
            List.of(new PortRange(3, 65535)),
            List.of(new IpSetId("s:dst")),
            List.of(new IpSetId("s:notdst")),
            List.of(new IpSetId("n:dst")),
            List.of(new IpSetId("n:notdst"))),
        List.of("owner=grün"),
        new RuleOrigin(
            new RuleOrigin.Side(
                "a == 'b'", "!has(d)", "ns == 'x'", "role == 'web'", List.of("alice", "bob")),
            new RuleOrigin.Side("has(c)", "has(e)", "ns == 'y'", "", List.of("carol")),
            http));
  }
}
