package felix.calc;

import felix.delta.DataplaneDelta;
import felix.model.ResourceUpdate;
import java.util.List;

/** A store, a graph and a dataplane that adds up what it is told. */
final class TestGraph {
  final ResourceStore store = new ResourceStore();
  final CalcGraph graph;
  final DataplaneState dataplane = new DataplaneState();
  private long revision;

  TestGraph() {
    this(GraphSettings.defaults(SampleResources.HERE));
  }

  TestGraph(GraphSettings settings) {
    graph = new CalcGraph(settings, store);
  }

  DataplaneDelta update(ResourceUpdate... updates) {
    return apply(store.apply(++revision, List.of(updates)));
  }

  DataplaneDelta replaceAll(List<ResourceUpdate> snapshot) {
    return apply(store.replaceAll(++revision, snapshot));
  }

  private DataplaneDelta apply(ResourceChanges changes) {
    DataplaneDelta delta = graph.apply(changes);
    dataplane.apply(delta);
    return delta;
  }
}
