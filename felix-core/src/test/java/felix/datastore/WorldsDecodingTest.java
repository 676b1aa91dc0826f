package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.EntityMatch;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.Policy;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.Rule;
import felix.model.Rules;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.selector.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole clusters. The names of sets are those that Felix made of the same data in a kernel. */
class WorldsDecodingTest {
  private static final String HOST = "node1";
  private static final int SET_NAME_LENGTH = 31 - "cali40".length();

  @ParameterizedTest
  @FieldSource("felix.datastore.Worlds#NAMES")
  void nothingIsQuarantined(String world) {
    Worlds.load(world)
        .forEach(
            (key, value) ->
                assertThat(Decoding.DECODER.decode(key, Worlds.bytes(value)).problem())
                    .as(key)
                    .isNull());
  }

  /** Those that packets are sent through, which have blocks of both families. */
  @Test
  void nothingOfThePacketTestsIsQuarantined() throws IOException {
    try (Stream<Path> worlds = Files.list(Path.of("src/test/resources/worlds"))) {
      assertThat(worlds.toList())
          .isNotEmpty()
          .allSatisfy(
              world -> {
                Map<String, JsonNode> values = Worlds.ofPackets(world);
                assertThat(values).isNotEmpty();
                values.forEach(
                    (key, value) ->
                        assertThat(Decoding.DECODER.decode(key, Worlds.bytes(value)).problem())
                            .as(key)
                            .isNull());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookstore", "world-1", "tiers-1"})
  void networkIsThatOfTwoHostsWithVxlan(String world) {
    Map<ResourceKey, Resource> resources = resources(world);

    assertThat(networkOf(resources))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                new IpPoolKey("default-ipv4-ippool"),
                new IpPool(Cidr.parse("172.29.0.0/16"), Encapsulation.VXLAN, false, true),
                new NodeKey("node1"),
                vxlanNode("10.65.0.1", "172.29.1.0", "66:d2:61:74:48:01"),
                new NodeKey("node2"),
                vxlanNode("10.65.0.2", "172.29.2.0", "66:d2:61:74:48:02"),
                new IpamBlockKey(Cidr.parse("172.29.1.0/26")),
                new IpamBlock("node1", Map.of()),
                new IpamBlockKey(Cidr.parse("172.29.2.0/26")),
                new IpamBlock("node2", Map.of())));
  }

  @Test
  void blocksSayWhatIsUsedElsewhere() {
    Map<ResourceKey, Resource> resources = resources("overlay");

    assertThat(resources)
        .containsEntry(
            new IpamBlockKey(Cidr.parse("172.29.7.64/26")),
            new IpamBlock("10.0.3.7", Map.of(Ip.parse("172.29.7.67"), "node-2")))
        .containsEntry(
            new IpamBlockKey(Cidr.parse("10.90.1.0/26")),
            new IpamBlock(
                null,
                Map.of(
                    Ip.parse("10.90.1.0"), "node-2",
                    Ip.parse("10.90.1.1"), "node-2",
                    Ip.parse("10.90.1.2"), "10.0.3.7")))
        .containsEntry(
            new IpamBlockKey(Cidr.parse("fd00:29:0:1::/122")),
            new IpamBlock("node-2", Map.of(Ip.parse("fd00:29:0:1::1"), "10.0.3.7")))
        .containsEntry(
            new IpamBlockKey(Cidr.parse("fd00:29:0:2::/122")), new IpamBlock(null, Map.of()))
        .hasSize(10);
  }

  private static Map<ResourceKey, Resource> networkOf(Map<ResourceKey, Resource> all) {
    var network = new HashMap<>(all);
    network
        .values()
        .removeIf(r -> !(r instanceof IpPool || r instanceof Node || r instanceof IpamBlock));
    return network;
  }

  private static Node vxlanNode(String address, String tunnelAddress, String mac) {
    return new Node(
        new HostAddress(Ip.parse(address), 24),
        null,
        null,
        Ip.parse(tunnelAddress),
        MacAddress.parse(mac));
  }

  @Test
  void bookstoreNeedsTheSetsThatFelixMade() {
    assertThat(setNames("bookstore"))
        .containsExactlyInAnyOrder("s:-FQHkO98otuWmcfev9rCGfu", "s:c4IpL6mS70u5Bz7-h4cX36O");
  }

  @Test
  void worldNeedsTheSetsThatFelixMade() {
    assertThat(setNames("world-1"))
        .containsExactlyInAnyOrder(
            "n:TZCsFbBOiZ-a9oDseszAFW5",
            "n:VVjjKZ69bGT0WjVDtwrGgLT",
            "s:4shFdz4P1Ak0qFXIpzKrAlS",
            "s:F3wxMVQ_gwXBcwdWLTfTLeh",
            "s:HXL4YD3ENZPrMkcJQ146CmB",
            "s:O4y_cXFqI8Hv2nhPlt3vW8D",
            "s:OFpM6T8O2NUXqZvGdoRO6uN",
            "s:WQEo_4wxoV2ncinSj3a18Cp",
            "s:Z9HJg6R0Paa3hAZZDKWD-2-",
            "s:aMVtpDOI8boXSx4Qtd6Aczr",
            "s:fWznbjEGRJ8b-VSr1F0fYPh",
            "s:odUqaTsu1izvP_9XdQ3rRgk",
            "s:pOh9vVVT7UKHdox_bn7RZ8E",
            "s:z6reysVdOwEIHmWMwCYzaOP");
  }

  @Test
  void tiersNeedTheSetsThatFelixMade() {
    assertThat(setNames("tiers-1"))
        .containsExactlyInAnyOrder(
            "n:TZCsFbBOiZ-a9oDseszAFW5",
            "n:VVjjKZ69bGT0WjVDtwrGgLT",
            "s:-4niWOWwX4Wm-qJsS04IwjU",
            "s:9y7dPOBdbjyQysw7BkihBAL",
            "s:A72IUkp8jiF7HGGkL3EKXJK",
            "s:FTsWpOKUvhGUlcT_64NqWE3",
            "s:G3pmp4UzcWowSrunx2m4jeL",
            "s:G4bDUjXqNz2DrI0pKlda9PS",
            "s:GyVCzLp68s0i44E_inB9o-V",
            "s:I3h0139sMdS2I4IVrJ1oTJ7",
            "s:Llwnik-FmLx6YIRZuRqNE76",
            "s:Mx6tpnt9pguqV7napv1KiZ4",
            "s:PfDFxP2a85qJrYEMeDMUopd",
            "s:Q5ZLn5bj-zp1lrrtrsI6dyz",
            "s:S5Uy0UNwyjNmWVTS7t1Y6Z9",
            "s:Up_GutopGQk0lcR7OfV_vXQ",
            "s:VVDnKLPgdgddD_eMjUTJiml",
            "s:V_JJWOobUqUc5MWFxfyu-nG",
            "s:Wpxi_qh8XTGgsXjtBV_KVsS",
            "s:hoAROobHHAKJNNuJgXpk3TR",
            "s:pDe1uixjqHZnqgc3-r5zRCm",
            "s:uLwfdvhDg-Ifkf2SjM7m8IQ");
  }

  /** Of the rules that the endpoints of the host need. */
  private static Set<String> setNames(String world) {
    var names = new TreeSet<String>();
    for (Rules rules : activeRules(resources(world))) {
      for (List<Rule> list : List.of(rules.ingress(), rules.egress())) {
        for (Rule rule : list) {
          addSets(rule, rule.source(), names);
          addSets(rule, rule.destination(), names);
        }
      }
    }
    return names;
  }

  private static Map<ResourceKey, Resource> resources(String world) {
    var resources = new HashMap<ResourceKey, Resource>();
    Worlds.load(world)
        .forEach(
            (key, value) ->
                Decoding.DECODER
                    .decode(key, Worlds.bytes(value))
                    .updates()
                    .forEach(
                        update -> {
                          if (update.value() != null) {
                            resources.put(update.key(), update.value());
                          }
                        }));
    return resources;
  }

  private static List<Rules> activeRules(Map<ResourceKey, Resource> resources) {
    var active = new ArrayList<Rules>();
    for (var entry : resources.entrySet()) {
      if (entry.getKey() instanceof WorkloadEndpointKey key
          && key.host().equals(HOST)
          && entry.getValue() instanceof WorkloadEndpoint endpoint) {
        Labels labels = inherited(endpoint, resources);
        for (String profile : endpoint.profiles()) {
          if (resources.get(new ProfileRulesKey(profile)) instanceof Rules rules) {
            active.add(rules);
          }
        }
        for (Resource resource : resources.values()) {
          if (resource instanceof Policy policy
              && Selector.parse(policy.selector()).matches(labels::get)) {
            active.add(policy.rules());
          }
        }
      }
    }
    return active;
  }

  private static Labels inherited(WorkloadEndpoint endpoint, Map<ResourceKey, Resource> resources) {
    Map<String, String> labels = endpoint.labels().toMap();
    for (String profile : endpoint.profiles()) {
      if (resources.get(new ProfileLabelsKey(profile)) instanceof ProfileLabels profileLabels) {
        profileLabels.labels().forEach(labels::putIfAbsent);
      }
    }
    return Labels.of(labels);
  }

  private static void addSets(Rule rule, EntityMatch entity, Set<String> names) {
    Selector positive = entity.selector() == null ? null : Selector.parse(entity.selector());
    Selector negative = entity.notSelector() == null ? null : Selector.parse(entity.notSelector());
    if (positive != null && negative != null) {
      positive = positive.except(negative);
      negative = null;
    }
    boolean onlyNamedPorts = entity.ports().isEmpty() && !entity.namedPorts().isEmpty();
    if (positive != null && !onlyNamedPorts) {
      names.add(cut(positive.id()));
    }
    if (negative != null) {
      names.add(cut(negative.id()));
    }
    String all = (positive == null ? Selector.parse("") : positive).id();
    String protocol =
        rule.protocol() != null && Set.of(17, 132).contains(rule.protocol().number())
            ? rule.protocol().text()
            : "tcp";
    for (String port : entity.namedPorts()) {
      names.add(cut(Selector.namedPortId(all, protocol, port)));
    }
    for (String port : entity.notNamedPorts()) {
      names.add(cut(Selector.namedPortId(all, protocol, port)));
    }
  }

  private static String cut(String id) {
    return id.substring(0, SET_NAME_LENGTH);
  }
}
