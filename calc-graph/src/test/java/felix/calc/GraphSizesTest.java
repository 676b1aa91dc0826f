package felix.calc;

import static felix.calc.SampleResources.HERE;
import static felix.calc.SampleResources.allowFrom;
import static felix.calc.SampleResources.endpoint;
import static felix.calc.SampleResources.endpointKey;
import static felix.calc.SampleResources.networkSet;
import static felix.calc.SampleResources.networkSetKey;
import static felix.calc.SampleResources.policy;
import static felix.calc.SampleResources.policyKey;
import static felix.calc.SampleResources.put;
import static felix.calc.SampleResources.remove;
import static felix.calc.SampleResources.selecting;
import static org.assertj.core.api.Assertions.assertThat;

import felix.count.Counts;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaMessage;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.Node;
import felix.model.NodeKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the metrics say of the graph. */
class GraphSizesTest {
  private static final Node NODE = new Node(null, null, null, null, null);

  private final TestGraph graph = new TestGraph();
  private final Counts<DeltaMessage> messages = new Counts<>(DeltaMessage.class);

  @Test
  void hostsAreCountedOnceWhateverNamesThem() {
    graph.update(
        put(endpointKey("there", "a"), endpoint("10.0.0.1/32", Map.of(), List.of())),
        put(endpointKey("there", "b"), endpoint("10.0.0.2/32", Map.of(), List.of())),
        put(new NodeKey("there"), NODE),
        put(new NodeKey("empty"), NODE),
        put(new FelixConfigurationKey("node.set"), new FelixConfiguration(Map.of("a", "b"))),
        put(new FelixConfigurationKey("default"), new FelixConfiguration(Map.of("a", "b"))));
    assertThat(graph.graph.sizes().cluster().hosts()).isEqualTo(3);

    graph.update(remove(endpointKey("there", "a")), remove(new NodeKey("there")));
    assertThat(graph.graph.sizes().cluster().hosts()).isEqualTo(3);

    graph.update(remove(endpointKey("there", "b")), remove(new FelixConfigurationKey("node.set")));
    assertThat(graph.graph.sizes().cluster().hosts()).isEqualTo(1);
  }

  @Test
  void whatMattersHereIsToldFromWhatThereIs() {
    var update = fill();

    var sizes = graph.graph.sizes();
    assertThat(sizes.local()).isEqualTo(new GraphSizes.Local(1, 1, 1));
    assertThat(sizes.cluster().workloads()).isEqualTo(2);
    assertThat(sizes.cluster().policies()).isEqualTo(2);
    assertThat(sizes.indexes().items()).as("in both indexes together").isEqualTo(4);
    assertThat(sizes.indexes().selectors()).isEqualTo(3);
    assertThat(sizes.indexes().matches()).isEqualTo(2);

    assertThat(DeltaMessage.count(update, messages)).isEqualTo(3);
    assertThat(messages.get(DeltaMessage.ACTIVE_POLICY_UPDATE)).isEqualTo(1);
    assertThat(messages.get(DeltaMessage.IP_SET_UPDATE)).as("with its member").isEqualTo(1);
    assertThat(messages.get(DeltaMessage.IP_SET_DELTA_UPDATE)).isZero();
    assertThat(messages.get(DeltaMessage.WORKLOAD_ENDPOINT_UPDATE)).isEqualTo(1);
  }

  @Test
  void nothingIsLeftWhenAllIsGone() {
    fill();
    var delta = graph.replaceAll(List.of());

    var sizes = graph.graph.sizes();
    assertThat(sizes.local()).isEqualTo(GraphSizes.NONE.local());
    assertThat(sizes.cluster()).isEqualTo(GraphSizes.NONE.cluster());
    assertThat(sizes.indexes().items() + sizes.indexes().selectors()).isZero();
    DeltaMessage.count(delta, messages);
    assertThat(messages.get(DeltaMessage.IP_SET_REMOVE)).isEqualTo(1);
    assertThat(messages.get(DeltaMessage.ACTIVE_POLICY_REMOVE)).isEqualTo(1);
  }

  private DataplaneDelta fill() {
    var rule = allowFrom(null, selecting("role == 'client'", null));
    return graph.update(
        put(endpointKey(HERE, "a"), endpoint("10.0.0.1/32", Map.of("x", "y"), List.of())),
        put(endpointKey("there", "b"), endpoint("10.0.0.2/32", Map.of(), List.of())),
        put(networkSetKey("n"), networkSet(Map.of("role", "client"), "10.1.0.0/16")),
        put(policyKey("used"), policy("x == 'y'", 1.0, rule)),
        put(policyKey("unused"), policy("x == 'z'", 1.0, rule)));
  }
}
