package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import felix.model.BgpConfiguration;
import felix.model.Cidr;
import felix.model.EntityMatch;
import felix.model.HostEndpoint;
import felix.model.IpPool;
import felix.model.IpVersion;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.Node;
import felix.model.Policy;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.Rules;
import felix.model.WorkloadEndpoint;
import felix.selector.Selector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the datastore holds gives resources or a reason, never an exception. */
class HostileValueTest {
  private static final int MUTATIONS = 20_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,253}");

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,1000}");

  private static final List<JsonNode> HOSTILE =
      List.of(
          NODES.nullNode(),
          NODES.booleanNode(true),
          NODES.numberNode(0),
          NODES.numberNode(-1),
          NODES.numberNode(5),
          NODES.numberNode(70_000),
          NODES.numberNode(1.5),
          NODES.numberNode(Long.MAX_VALUE),
          NODES.numberNode(BigInteger.TEN.pow(90)),
          NODES.arrayNode(),
          NODES.objectNode(),
          NODES.arrayNode().add(1).addNull().add("x"),
          NODES.objectNode().put("x", 1).put("selector", "a").put("name", 2));

  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "",
          " ",
          "Allow",
          "TCP",
          "all",
          "default",
          "..",
          "a/b",
          "$(reboot)",
          "`x`",
          "a;b",
          "-A INPUT",
          "x\n-A INPUT -j ACCEPT",
          "\"quoted\"",
          "it's",
          "\u0000",
          "\u202e",
          "\ud800",
          "%s%n",
          "10.0.0.0/8",
          "0.0.0.0/0",
          "0.0.0.0",
          "255.255.255.255",
          "ff02::1",
          "::/0",
          "00:00:00:00:00:00",
          "ff:ff:ff:ff:ff:ff",
          "host:",
          "host:a b",
          "999.1.1.1",
          "1:2",
          "0",
          "65536",
          "99999999999999999999",
          "all()",
          "a == 'b'",
          "a == 'b') || (c == 'd'",
          "has(",
          "a".repeat(10_000),
          "(".repeat(10_000),
          "!(".repeat(5_000) + "all()" + ")".repeat(5_000),
          "a in {" + "'x',".repeat(5_000) + "}");

  @Test
  void randomBytesGiveAReason() {
    for (long seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) "{}[]:,\"a1.e-tn\\u ".charAt(Math.floorMod(bytes[i], 17));
        }
      }
      for (ResourceKind kind : ResourceKind.values()) {
        check(key(kind), bytes, "seed " + seed);
      }
    }
  }

  @Test
  void truncatedValuesGiveAReason() {
    Worlds.load("world-1")
        .forEach(
            (key, value) -> {
              byte[] whole = Worlds.bytes(value);
              for (int length = 0; length < whole.length; length++) {
                Decoded decoded = check(key, Arrays.copyOf(whole, length), "cut at " + length);
                assertThat(decoded.problem() != null || decoded.equals(Decoded.NOTHING)).isTrue();
              }
            });
  }

  @Test
  void mutatedValuesGiveResourcesOrAReason() {
    var values = new ArrayList<Map.Entry<String, JsonNode>>();
    for (String world : Worlds.NAMES) {
      Worlds.load(world).entrySet().stream()
          .filter(e -> KeyPath.parse(e.getKey()) != null)
          .forEach(values::add);
    }
    int bad = 0;
    for (long seed = 0; seed < MUTATIONS; seed++) {
      var random = new Random(seed);
      var entry = values.get(random.nextInt(values.size()));
      JsonNode mutant = entry.getValue().deepCopy();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutate(mutant, random);
      }
      String context = "seed " + seed + ": " + entry.getKey();
      Decoded decoded = check(entry.getKey(), Worlds.bytes(mutant), context);
      bad += decoded.problem() == null ? 0 : 1;
    }
    // Else the mutator is too tame or too wild to tell anything.
    assertThat(bad).isBetween(MUTATIONS / 4, MUTATIONS * 9 / 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{",
        "{} {}",
        "{}x",
        "{'a': 1}",
        "{\"a\": NaN}",
        "{\"a\": 01}",
        "{\"a\": 1,}",
        "{\"a\": \"\u0001\"}",
        "// x\n{}",
        "\ufeff{}"
      })
  void whatIsNoJsonObjectIsRefused(String text) {
    Decoded decoded = check(key(ResourceKind.PROFILE), text.getBytes(UTF_8), text);
    assertThat(requireNonNull(decoded.problem()).field()).isEmpty();
  }

  @Test
  void otherEncodingsAreRefused() {
    String profile = key(ResourceKind.PROFILE);
    assertThat(check(profile, "{}".getBytes(UTF_16LE), "").problem()).isNotNull();
    byte[] latin = {'{', '"', (byte) 0xe9, '"', ':', '1', '}'};
    assertThat(check(profile, latin, "").problem())
        .isEqualTo(new Quarantined(profile, "", "not UTF-8"));
  }

  @Test
  void deepLongAndHugeValuesAreRefusedSoon() {
    String profile = key(ResourceKind.PROFILE);
    Stream.of(
            "[".repeat(1_000_000),
            "{\"a\":".repeat(300_000),
            "{\"spec\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
            "{\"spec\": {\"order\": 1" + "0".repeat(1_000_000) + "}}",
            "{\"spec\": \"" + "x".repeat(JsonReader.MAX_BYTES) + "\"}")
        .forEach(
            text -> assertThat(check(profile, text.getBytes(UTF_8), "").problem()).isNotNull());
    String tier = key(ResourceKind.TIER);
    assertThat(check(tier, "{\"spec\": {\"order\": 1e999999999}}".getBytes(UTF_8), "").problem())
        .isNotNull();
  }

  @Test
  void hugeSelectorIsReadOrRefused() {
    String policy = key(ResourceKind.GLOBAL_NETWORK_POLICY);
    String spec = "{\"spec\": {\"selector\": \"%s\"}}";
    assertThat(
            check(
                    policy,
                    spec.formatted("a in {" + "'0123',".repeat(140_000) + "}").getBytes(UTF_8),
                    "")
                .problem())
        .isNull();
    assertThat(check(policy, spec.formatted("(".repeat(10_000)).getBytes(UTF_8), "").problem())
        .isNotNull()
        .extracting(Quarantined::field)
        .isEqualTo("spec.selector");
  }

  private static String key(ResourceKind kind) {
    if (kind == ResourceKind.IPAM_BLOCK) {
      return KeyPath.BLOCKS + "ipv4/block/172.29.0.0-26";
    }
    String name = kind == ResourceKind.WORKLOAD_ENDPOINT ? "a-b-c-d" : "default";
    return KeyPath.ROOT + kind.plural() + (kind.namespaced() ? "/ns/" : "/") + name;
  }

  /** Decodes, and checks what must hold for any bytes. */
  private static Decoded check(String key, byte[] bytes, String context) {
    Decoded decoded = Decoding.DECODER.decode(key, bytes);
    assertThat(keys(decoded.updates())).as(context).isEqualTo(keys(Decoding.DECODER.deleted(key)));
    Quarantined problem = decoded.problem();
    if (problem != null) {
      assertThat(PRINTABLE.matcher(problem.toString()).matches()).as(context).isTrue();
      assertThat(decoded.updates().stream().allMatch(update -> isAbsentOrPart(update.value())))
          .as(context)
          .isTrue();
    }
    for (ResourceUpdate update : decoded.updates()) {
      checkFitForUse(update, context);
    }
    return decoded;
  }

  /** Only of these kinds a part counts when another is bad. */
  private static boolean isAbsentOrPart(@Nullable Resource value) {
    return value == null
        || value instanceof WorkloadEndpoint
        || value instanceof HostEndpoint
        || value instanceof BgpConfiguration
        || value instanceof Node
        || value instanceof IpPool
        || value instanceof IpamBlock;
  }

  private static List<ResourceKey> keys(List<ResourceUpdate> updates) {
    return updates.stream().map(ResourceUpdate::key).toList();
  }

  private static void checkFitForUse(ResourceUpdate update, String context) {
    switch (update.value()) {
      case WorkloadEndpoint endpoint -> {
        assertThat(endpoint.interfaceName()).as(context).matches("[A-Za-z0-9_.:-]{1,15}");
        assertThat(endpoint.networks()).as(context).noneMatch(net -> net.prefixLength() == 0);
        checkDscp(endpoint.extras().dscp(), context);
        assertThat(endpoint.extras().translations())
            .as(context)
            .allMatch(nat -> nat.internal().version() == nat.external().version());
      }
      case HostEndpoint endpoint -> checkHost(endpoint, context);
      case Node node -> checkNode(node, context);
      case IpamBlock block -> {
        Cidr cidr = ((IpamBlockKey) update.key()).cidr();
        assertThat(block.host() == null ? "x" : block.host()).as(context).matches(NAME);
        assertThat(block.elsewhere().values()).as(context).allMatch(NAME.asMatchPredicate());
        assertThat(block.elsewhere().keySet()).as(context).allMatch(cidr::contains);
      }
      case Policy policy -> {
        assertThat(Selector.parse(policy.selector()).canonical()).isEqualTo(policy.selector());
        checkRules(policy.rules(), context);
      }
      case Rules rules -> checkRules(rules, context);
      case null, default -> {}
    }
  }

  private static void checkHost(HostEndpoint endpoint, String context) {
    String name = endpoint.interfaceName();
    assertThat(name == null ? "x" : name).as(context).matches("\\*|[A-Za-z0-9_.-]{1,15}");
    assertThat(name != null || !endpoint.expectedIps().isEmpty()).as(context).isTrue();
    assertThat(endpoint.host()).as(context).matches(NAME);
    checkDscp(endpoint.dscp(), context);
  }

  private static void checkDscp(@Nullable Integer dscp, String context) {
    assertThat(dscp == null ? 0 : dscp).as(context).isBetween(0, 63);
  }

  private static void checkNode(Node node, String context) {
    if (node.ipv4() != null) {
      assertThat(node.ipv4().ip().version()).as(context).isEqualTo(IpVersion.V4);
    }
    if (node.ipv6() != null) {
      assertThat(node.ipv6().ip().version()).as(context).isEqualTo(IpVersion.V6);
    }
    if (node.vxlanTunnelMac() != null) {
      assertThat(node.vxlanTunnelMac().value()).as(context).isNotZero();
    }
  }

  private static void checkRules(Rules rules, String context) {
    Stream.concat(rules.ingress().stream(), rules.egress().stream())
        .forEach(rule -> checkRule(rule, context));
  }

  private static void checkRule(Rule rule, String context) {
    assertThat(rule.protocol() == null || rule.notProtocol() == null).as(context).isTrue();
    if (rule.icmp() != null || rule.notIcmp() != null) {
      assertThat(rule.protocol()).as(context).isNotNull();
      assertThat(rule.ipVersion()).as(context).isNotNull();
    }
    for (EntityMatch entity : List.of(rule.source(), rule.destination())) {
      if (entity.selector() != null) {
        assertThat(Selector.parse(entity.selector()).canonical()).isEqualTo(entity.selector());
      }
    }
  }

  /** Puts something hostile at a random place, or takes away what is there. */
  private static void mutate(JsonNode root, Random random) {
    var containers = new ArrayList<JsonNode>();
    collectContainers(root, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    JsonNode hostile =
        random.nextBoolean()
            ? HOSTILE.get(random.nextInt(HOSTILE.size())).deepCopy()
            : NODES.textNode(HOSTILE_TEXTS.get(random.nextInt(HOSTILE_TEXTS.size())));
    if (container instanceof ObjectNode object) {
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(10)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(HOSTILE_TEXTS.get(random.nextInt(30)), hostile);
        default -> object.set(name, hostile);
      }
    } else if (container instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), hostile);
    }
  }

  private static void collectContainers(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collectContainers(child, containers));
    }
  }
}
