package felix.calc;

import felix.delta.DataplaneDelta;
import felix.model.ResourceUpdate;
import java.util.List;

/** A store, a graph and a dataplane that adds up what it is told. */
final class TestGraph {
  final ResourceStore store = new ResourceStore();
  final CalcGraph graph = new CalcGraph(GraphSettings.defaults(SampleResources.HERE), store);
  final DataplaneState dataplane = new DataplaneState();
  private long revision;

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
