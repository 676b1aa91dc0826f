package felix.calc;

import static felix.calc.SampleNetwork.block;
import static felix.calc.SampleNetwork.crossSubnetPool;
import static felix.calc.SampleNetwork.pool;
import static felix.calc.SampleNetwork.vxlanNode;
import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.allowFrom;
import static felix.calc.SampleResources.allowTo;
import static felix.calc.SampleResources.endpoint;
import static felix.calc.SampleResources.endpointKey;
import static felix.calc.SampleResources.networkSet;
import static felix.calc.SampleResources.networkSetKey;
import static felix.calc.SampleResources.policy;
import static felix.calc.SampleResources.policyKey;
import static felix.calc.SampleResources.ports;
import static felix.calc.SampleResources.profileLabels;
import static felix.calc.SampleResources.profileRules;
import static felix.calc.SampleResources.put;
import static felix.calc.SampleResources.selecting;

import felix.model.BgpConfiguration;
import felix.model.BgpConfigurationKey;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.EndpointPort;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.Ip;
import felix.model.Labels;
import felix.model.Policy;
import felix.model.PolicyStage;
import felix.model.Protocol;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same states of a cluster, reached in different ways; and each thing taken away while the
 * others still refer to it.
 */
final class GraphOrderTest {
  private static final List<ResourceUpdate> WORLD =
      List.of(
          put(
              endpointKey(HERE, "web"),
              endpoint(
                  "10.0.0.1",
                  Map.of("app", "web"),
                  List.of("team", "base"),
                  new EndpointPort("http", Protocol.TCP, 80))),
          put(endpointKey(HERE, "db"), endpoint("10.0.0.2", Map.of("app", "db"), List.of("base"))),
          put(
              endpointKey("far", "web"),
              endpoint("10.0.0.1", Map.of("app", "web"), List.of("team"))),
          profileRules("base", Rules.ALLOW_ALL),
          profileLabels("base", Map.of("zone", "a", "app", "none")),
          profileLabels("team", Map.of("zone", "b")),
          put(new TierKey("first"), new Tier(1.0, RuleAction.PASS)),
          put(
              policyKey("to-web"),
              policy(
                  "first",
                  "app == 'web'",
                  1.0,
                  allowFrom(Protocol.TCP, selecting("zone == 'a'", "app == 'none'")),
                  allowTo(
                      Protocol.TCP, ports("app == 'web'", List.of(), List.of("http"), List.of())))),
          put(
              policyKey("zone"),
              policy("has(zone)", null, allowFrom(null, selecting(null, "has(x)")))),
          put(networkSetKey("x"), networkSet(Map.of("x", "", "zone", "a"), "0.0.0.0/0")),
          vxlanNode(HERE, "192.168.0.1", "10.0.0.64", null),
          vxlanNode("far", "192.168.0.2", "10.0.0.0", null),
          crossSubnetPool("a", "10.0.0.0/24", Encapsulation.VXLAN),
          pool("b", "10.0.0.0/24", Encapsulation.IPIP),
          block("10.0.0.0/26", "far", Map.of("10.0.0.1", HERE)),
          block("10.0.0.64/26", HERE, Map.of("10.0.0.65", "far")),
          put(new HostEndpointKey("h"), host(HERE, "eth0", "10.0.0.9")),
          put(new HostEndpointKey("any"), host(HERE, "*", "fd00::9")),
          put(new HostEndpointKey("far"), host("far", null, "10.0.0.9")),
          put(policyKey("u"), hostPolicy(PolicyStage.UNTRACKED)),
          put(policyKey("d"), hostPolicy(PolicyStage.PRE_DNAT)),
          put(policyKey("t"), hostPolicy(PolicyStage.TRACKED)),
          put(
              new BgpConfigurationKey(),
              new BgpConfiguration(List.of(Cidr.parse("10.96.0.0/12")))));

  /** Subsets of the world, none the same as the next. */
  private static final List<List<ResourceUpdate>> STATES =
      List.of(
          List.of(),
          WORLD.subList(0, 4),
          WORLD,
          WORLD.subList(3, 10),
          WORLD.subList(0, 8),
          WORLD.subList(6, 10),
          WORLD.subList(0, 9),
          WORLD.subList(1, 7),
          WORLD.subList(10, 16),
          WORLD.subList(11, 15),
          WORLD.subList(10, 13),
          WORLD.subList(0, WORLD.size() - 1),
          WORLD.subList(17, 21),
          WORLD.subList(4, 20));

  private final TestGraph graph = new TestGraph();
  private Map<ResourceKey, Resource> now = new HashMap<>();

  private static HostEndpoint host(String host, @Nullable String interfaceName, String ip) {
    return new HostEndpoint(
        host,
        interfaceName,
        List.of(Ip.parse(ip)),
        List.of("team", "missing"),
        List.of(new EndpointPort("http", Protocol.TCP, 8080)),
        Labels.of(Map.of("app", "web")),
        null);
  }

  private static Policy hostPolicy(PolicyStage stage) {
    Rule rule =
        allowFrom(Protocol.TCP, ports("app == 'web'", List.of(), List.of("http"), List.of()));
    return new Policy(
        "default",
        1.0,
        "app == \"web\"",
        true,
        true,
        stage,
        true,
        new Rules(List.of(rule), List.of()));
  }

  enum Way {
    ONE_BY_ONE,
    ONE_BY_ONE_BACKWARDS,
    ALL_AT_ONCE,
    ALL_AT_ONCE_BACKWARDS,
    BY_SNAPSHOT
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void statesForwards(Way way) {
    STATES.forEach(state -> go(state, way));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void statesBackwards(Way way) {
    STATES.reversed().forEach(state -> go(state, way));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void statesWithEmptinessBetween(Way way) {
    for (List<ResourceUpdate> state : STATES) {
      go(state, way);
      go(List.of(), way);
    }
  }

  @Test
  void eachGoesAndComesBackWhileOthersReferToIt() {
    go(WORLD, Way.ALL_AT_ONCE);
    for (ResourceUpdate gone : WORLD) {
      var rest = new ArrayList<>(WORLD);
      rest.remove(gone);
      go(rest, Way.ONE_BY_ONE);
      go(WORLD, Way.ONE_BY_ONE);
    }
  }

  @Test
  void eachPairGoesAndComesBackTogether() {
    go(WORLD, Way.ALL_AT_ONCE);
    for (ResourceUpdate one : WORLD) {
      for (ResourceUpdate other : WORLD) {
        var rest = new ArrayList<>(WORLD);
        rest.remove(one);
        rest.remove(other);
        go(rest, Way.ALL_AT_ONCE);
        go(WORLD, Way.ALL_AT_ONCE_BACKWARDS);
      }
    }
  }

  private void go(List<ResourceUpdate> state, Way way) {
    var target = new HashMap<ResourceKey, Resource>();
    state.forEach(item -> target.put(item.key(), Objects.requireNonNull(item.value())));
    List<ResourceUpdate> steps = steps(target);
    switch (way) {
      case ONE_BY_ONE -> steps.forEach(graph::update);
      case ONE_BY_ONE_BACKWARDS -> steps.reversed().forEach(graph::update);
      case ALL_AT_ONCE -> graph.update(steps.toArray(ResourceUpdate[]::new));
      case ALL_AT_ONCE_BACKWARDS -> graph.update(steps.reversed().toArray(ResourceUpdate[]::new));
      case BY_SNAPSHOT -> graph.replaceAll(state);
    }
    now = target;
    graph.dataplane.assertEquals(NaiveGraph.compute(GraphSettings.defaults(HERE), now));
  }

  /** From where we are to the target: removals, then the rest, in the order of the world. */
  private List<ResourceUpdate> steps(Map<ResourceKey, Resource> target) {
    var steps = new ArrayList<ResourceUpdate>();
    for (ResourceUpdate item : WORLD) {
      if (now.containsKey(item.key()) && !target.containsKey(item.key())) {
        steps.add(new ResourceUpdate(item.key(), null));
      }
    }
    for (ResourceUpdate item : WORLD) {
      if (target.containsKey(item.key())) {
        steps.add(item);
      }
    }
    return steps;
  }
}
